package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.state.PartitionState;

/**
 * What a column can hold: a partition, and of the first one with several owners at once, whose copy
 * of it.
 *
 * @param partition 0 for the owners', k for stage k
 * @param of client id of the owner; {@link PartitionState#ONLY_COPY} when there is only one
 */
record Copy(int partition, String of) {

  /** The only copy of a partition. */
  static Copy only(int partition) {
    return new Copy(partition, PartitionState.ONLY_COPY);
  }

  /** An owner's own copy of the first partition. */
  static Copy ofOwner(String client) {
    return new Copy(Address.OWNER, client);
  }

  @Override
  public String toString() {
    return "partition " + partition + (of.isEmpty() ? "" : " of " + of);
  }
}
