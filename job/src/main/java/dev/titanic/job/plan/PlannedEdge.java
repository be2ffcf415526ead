package dev.titanic.job.plan;

/**
 * What crosses a cut in one step.
 *
 * @param from name of a partition
 * @param to name of the next one; the owner's again behind the last stage
 * @param forwardBytes hidden states
 * @param backwardBytes their gradients
 */
public record PlannedEdge(String from, String to, long forwardBytes, long backwardBytes) {}
