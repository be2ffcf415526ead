package dev.titanic.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.nn.AdapterDirectory;
import dev.titanic.nn.AdapterWriter;
import dev.titanic.nn.FreshAdapters;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.family.Adapters;
import dev.titanic.nn.family.Architecture;
import dev.titanic.nn.family.MergedModel;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelEvaluationTest {
  private static final Path MODEL = Path.of("src/demo/base-model");

  @TempDir private Path directory;

  @Test
  void aModelWithAdaptersHasTheLossOfTheMergedModel() throws IOException {
    Files.writeString(directory.resolve("text.txt"), "public final class Text {}\n".repeat(20));
    Path adapter = directory.resolve("adapter");
    write(adapter);
    Path merged = directory.resolve("merged");
    MergedModel.of(ModelDirectory.open(MODEL), AdapterDirectory.open(adapter)).write(merged);

    double adapted = loss(MODEL, adapter);

    assertThat(adapted).isCloseTo(loss(merged, null), within(1e-5));
    assertThat(adapted).isNotCloseTo(loss(MODEL, null), within(1e-3));
  }

  /** Both weights of every adapter are as a first weight begins: random, and not zero. */
  private static void write(Path target) {
    Adapters adapters =
        Adapters.of(
            Architecture.of(ModelDirectory.config(MODEL)),
            new Lora(4, 8, 0, List.of("q_proj", "down_proj"), false, null));
    try (AdapterWriter writer =
        AdapterWriter.create(
            MODEL, adapters.settings(), adapters.fanInFanOut(), adapters.weights(), target)) {
      adapters.weights().forEach((name, spec) -> writer.put(name, random(name, spec)));
      writer.finish();
    }
  }

  private static TensorData random(String name, TensorSpec spec) {
    ByteBuffer bytes = ByteBuffer.allocate((int) spec.bytes());
    new FreshAdapters(7).copyTo(name.replace(Lora.B, Lora.A), spec.shape(), bytes);
    return TensorData.of(spec, bytes.array());
  }

  private double loss(Path model, @Nullable Path adapter) {
    return ModelEvaluation.loss(
        new EvaluateCommand.Request(model, adapter, directory.resolve("text.txt"), 64, 4, 2));
  }
}
