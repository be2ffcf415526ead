package dev.titanic.column;

import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.Cut;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.nn.graph.TracedDirectory;
import dev.titanic.nn.torch.TorchPartitionLoader;
import dev.titanic.nn.torch.TracedPartitionLoader;
import dev.titanic.protocol.OwnerPartition;
import dev.titanic.protocol.PartitionLoader;
import dev.titanic.protocol.StagePartition;
import dev.titanic.schemas.state.PartitionState;
import java.io.Serializable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How partitions are loaded on a client: from its own copy of the model directory.
 *
 * @param directory of Hugging Face, or of a traced model
 */
public record ModelLoading(String directory, Cut cut, TrainingSettings training)
    implements Serializable {

  /** Opens nothing before a partition is asked for: most subtasks never hold one. */
  public PartitionLoader loader(ComputeDevice device) {
    return new PartitionLoader() {
      @Override
      public OwnerPartition owner(@Nullable PartitionState state) {
        return open(device).owner(state);
      }

      @Override
      public StagePartition stage(int stageIndex, @Nullable PartitionState state) {
        return open(device).stage(stageIndex, state);
      }
    };
  }

  private PartitionLoader open(ComputeDevice device) {
    Path path = Path.of(directory);
    return TracedDirectory.isAt(path)
        ? TracedPartitionLoader.of(TracedDirectory.open(path), cut, training, device)
        : new TorchPartitionLoader(ModelDirectory.open(path), cut, training, device);
  }
}
