package dev.titanic.job.plan;

/**
 * The same model trained by federated averaging, in which every client trains all of it and sends
 * and gets all trained parameters each round ({@code 2 * modelBytes * clients}, section III-D of
 * the paper).
 *
 * @param memoryPerClient native memory that every client needs, in bytes
 * @param bytesPerRound of all clients
 * @param breakEvenSteps so many steps a round pass on as many bytes when the model is cut; 0 when
 *     nothing is passed on
 */
public record FedAvgComparison(
    PlannedMemory memoryPerClient, long bytesPerRound, long breakEvenSteps) {}
