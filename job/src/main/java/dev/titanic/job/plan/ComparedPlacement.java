package dev.titanic.job.plan;

/**
 * Hosts that another rule chooses, each time with the cut that suits them.
 *
 * @param placements how many were tried
 * @param stepSeconds predicted time of a step, the mean over the placements
 * @param deviation its standard deviation; 0 for one placement
 */
public record ComparedPlacement(
    PlacementRule rule, int placements, double stepSeconds, double deviation) {}
