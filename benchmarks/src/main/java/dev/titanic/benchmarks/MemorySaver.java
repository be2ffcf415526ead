package dev.titanic.benchmarks;

import dev.titanic.nn.ComputeType;
import dev.titanic.nn.TrainingSettings;

/**
 * A way to train with less memory than by default.
 *
 * @param recompute whether graphs keep only the ends of blocks
 */
record MemorySaver(boolean recompute, ComputeType compute) {

  /** As whole numbers: 1 for recomputation, 1 for bfloat16. */
  static MemorySaver of(int recompute, int narrow) {
    return new MemorySaver(
        recompute == 1, narrow == 1 ? ComputeType.BFLOAT16 : ComputeType.FLOAT32);
  }

  int recomputeNumber() {
    return recompute ? 1 : 0;
  }

  int narrowNumber() {
    return compute == ComputeType.BFLOAT16 ? 1 : 0;
  }

  TrainingSettings applyTo(TrainingSettings settings) {
    TrainingSettings typed = settings.in(compute);
    return recompute ? typed.recomputing() : typed;
  }
}
