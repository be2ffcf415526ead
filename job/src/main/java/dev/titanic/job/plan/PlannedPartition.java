package dev.titanic.job.plan;

import org.jspecify.annotations.Nullable;

/**
 * A partition and its client; several owners have the first one in turn.
 *
 * @param name {@code owner} or {@code stage-k}
 * @param holds which parts of the model
 * @param client id, or several with commas
 * @param availableBytes memory of the client, the least of several; null when it has no profile
 * @param flopsPerStep multiplications and additions of one step, forward and backward
 * @param secondsPerStep computing time of one step, on the slowest of several; null when the client
 *     has no profile
 */
public record PlannedPartition(
    String name,
    String holds,
    String client,
    long parameters,
    long trainableParameters,
    PlannedMemory memory,
    @Nullable Long availableBytes,
    double flopsPerStep,
    @Nullable Double secondsPerStep) {

  /** Each trained parameter and both of its moments, in float32. */
  long stateBytes() {
    return 3 * Float.BYTES * trainableParameters;
  }
}
