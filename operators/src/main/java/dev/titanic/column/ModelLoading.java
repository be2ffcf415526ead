package dev.titanic.column;

import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.Cut;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.nn.graph.TracedDirectory;
import dev.titanic.nn.torch.TorchPartitionLoader;
import dev.titanic.nn.torch.TracedPartitionLoader;
import dev.titanic.protocol.PartitionLoader;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * How partitions are loaded on a client: from its own copy of the model directory.
 *
 * @param directory of Hugging Face, or of a traced model
 */
public record ModelLoading(String directory, Cut cut, TrainingSettings training)
    implements Serializable {

  public PartitionLoader loader(ComputeDevice device) {
    return new LazyLoader(() -> open(device));
  }

  private PartitionLoader open(ComputeDevice device) {
    Path path = Path.of(directory);
    return TracedDirectory.isAt(path)
        ? TracedPartitionLoader.of(TracedDirectory.open(path), cut, training, device)
        : new TorchPartitionLoader(ModelDirectory.open(path), cut, training, device);
  }
}
