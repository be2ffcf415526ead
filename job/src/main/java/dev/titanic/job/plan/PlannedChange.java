package dev.titanic.job.plan;

/**
 * Another host for a stage.
 *
 * @param change to which client it would move, or with which stage it would swap
 * @param stepSeconds predicted time of a step then
 */
public record PlannedChange(String change, double stepSeconds) {}
