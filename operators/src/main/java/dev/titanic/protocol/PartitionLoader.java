package dev.titanic.protocol;

import dev.titanic.schemas.state.PartitionState;
import org.jspecify.annotations.Nullable;

/** Makes partitions: from the model directory, or from a trained state over it. */
public interface PartitionLoader {

  /** Loads the owner's partition; {@code state} null means as in the model directory. */
  OwnerPartition owner(@Nullable PartitionState state);

  /** Loads the blocks of stage 1..K; {@code state} null means as in the model directory. */
  StagePartition stage(int stageIndex, @Nullable PartitionState state);
}
