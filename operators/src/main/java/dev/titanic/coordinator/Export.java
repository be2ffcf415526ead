package dev.titanic.coordinator;

import dev.titanic.nn.AdapterWriter;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelWriter;
import dev.titanic.nn.family.Adapters;
import dev.titanic.nn.family.Architecture;
import dev.titanic.nn.graph.TracedDirectory;
import dev.titanic.protocol.ModelSink;
import dev.titanic.schemas.edge.TensorSpec;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run leaves of its model in the output directory. */
final class Export {
  private Export() {}

  /**
   * Begins {@code model/}, or {@code adapter/} where only adapters are trained.
   *
   * @param base directory of the model that the run began with
   */
  static ModelSink open(Path base, @Nullable Lora lora, OutputDirectory output) {
    if (lora == null) {
      return ModelWriter.create(base, weights(base), output.model());
    }
    Adapters adapters = Adapters.of(Architecture.of(ModelDirectory.config(base)), lora);
    return AdapterWriter.create(
        base, adapters.settings(), adapters.fanInFanOut(), adapters.weights(), output.adapter());
  }

  private static Map<String, TensorSpec> weights(Path base) {
    return TracedDirectory.isAt(base)
        ? TracedDirectory.open(base).weights()
        : Architecture.of(ModelDirectory.config(base)).weights();
  }
}
