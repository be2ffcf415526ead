package dev.titanic.coordinator;

import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelWriter;
import dev.titanic.nn.family.Architecture;
import dev.titanic.nn.graph.TracedDirectory;
import dev.titanic.protocol.ModelSink;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.nio.file.Path;
import java.util.Map;

/** The trained model as {@code model/} in the output directory. */
final class ModelExport implements ModelSink {
  private final ModelWriter writer;

  private ModelExport(ModelWriter writer) {
    this.writer = writer;
  }

  static ModelExport open(Path base, OutputDirectory output) {
    return new ModelExport(ModelWriter.create(base, weights(base), output.model()));
  }

  private static Map<String, TensorSpec> weights(Path base) {
    return TracedDirectory.isAt(base)
        ? TracedDirectory.open(base).weights()
        : Architecture.of(ModelDirectory.config(base)).weights();
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
