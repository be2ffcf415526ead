package dev.titanic.coordinator;

import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelWriter;
import dev.titanic.nn.family.Architecture;
import dev.titanic.protocol.ModelSink;
import dev.titanic.schemas.edge.TensorData;
import java.nio.file.Path;

/** The trained model as {@code model/} in the output directory. */
final class ModelExport implements ModelSink {
  private final ModelWriter writer;

  private ModelExport(ModelWriter writer) {
    this.writer = writer;
  }

  static ModelExport open(Path base, OutputDirectory output) {
    Architecture architecture = Architecture.of(ModelDirectory.config(base));
    return new ModelExport(ModelWriter.create(base, architecture.weights(), output.model()));
  }

  @Override
  public void put(String name, TensorData tensor) {
    writer.put(name, tensor);
  }

  @Override
  public void finish() {
    writer.finish();
  }

  @Override
  public void close() {
    writer.close();
  }
}
