package dev.titanic.coordinator;

import dev.titanic.nn.AdapterWriter;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.family.Adapters;
import dev.titanic.nn.family.Architecture;
import dev.titanic.protocol.ModelSink;
import dev.titanic.schemas.edge.TensorData;
import java.nio.file.Path;

/** The trained adapters as {@code adapter/} in the output directory. */
final class AdapterExport implements ModelSink {
  private final AdapterWriter writer;

  private AdapterExport(AdapterWriter writer) {
    this.writer = writer;
  }

  static AdapterExport open(Path base, Lora lora, OutputDirectory output) {
    Adapters adapters = Adapters.of(Architecture.of(ModelDirectory.config(base)), lora);
    return new AdapterExport(
        AdapterWriter.create(
            base,
            adapters.settings(),
            adapters.fanInFanOut(),
            adapters.weights(),
            output.adapter()));
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
