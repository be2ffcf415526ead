package dev.titanic.job.plan;

import org.jspecify.annotations.Nullable;

/**
 * A partition and its client.
 *
 * @param name {@code owner} or {@code stage-k}
 * @param holds which parts of the model
 * @param availableBytes memory of the client; null when it has no profile
 * @param flopsPerStep multiplications and additions of one step, forward and backward
 * @param secondsPerStep computing time of one step; null when the client has no profile
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
