package dev.titanic.protocol;

import dev.titanic.schemas.state.PartitionState;
import org.jspecify.annotations.Nullable;

/** Makes partitions: from the model directory, or from a trained state over it. */
public interface PartitionLoader {

  /**
   * A trained state of the partition is on its way here: what loading it needs besides the state
   * may be got meanwhile, on another thread.
   */
  default void expect(int partition) {}

  /** Loads the owner's partition; {@code state} null means as in the model directory. */
  OwnerPartition owner(@Nullable PartitionState state);

  /** Loads the blocks of stage 1..K; {@code state} null means as in the model directory. */
  StagePartition stage(int stageIndex, @Nullable PartitionState state);
}
