package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.StreamPosition;
import java.util.List;

/**
 * An owner's part in a step.
 *
 * @param microBatches global indices of those that it is to give, ascending
 */
record StepShare(String client, Address at, StreamPosition position, List<Integer> microBatches) {
  StepShare {
    microBatches = List.copyOf(microBatches);
  }
}
