package dev.titanic.nn.torch;

import dev.titanic.nn.ModelException;
import dev.titanic.schemas.state.PartitionState;
import org.jspecify.annotations.Nullable;

/**
 * What a partition is loaded from.
 *
 * @param partition 0 for the owner's, k for stage k
 * @param base which blocks of which weights with which adapters it is: what a state of it belongs
 *     to
 * @param state trained before; null at the start
 */
record Origin(int partition, String base, @Nullable PartitionState state) {
  Origin {
    if (state != null && state.partition() != partition) {
      throw new ModelException(
          "state of partition %d: partition %d needs its own"
              .formatted(state.partition(), partition));
    }
    if (state != null && !state.base().equals(base)) {
      throw new ModelException(
          "state of partition %d: was trained as %s: use that model, cut and adapters, this is %s"
              .formatted(partition, state.base(), base));
    }
  }

  long optimizerSteps() {
    return state == null ? 0 : state.optimizerSteps();
  }
}
