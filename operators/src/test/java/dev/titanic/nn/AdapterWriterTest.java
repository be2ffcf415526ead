package dev.titanic.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.titanic.nn.family.Adapters;
import dev.titanic.nn.family.Architecture;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdapterWriterTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "bloom"})
  void writesWhatPeftWrites(String name) throws IOException {
    AdapterDirectory original = Golden.of(name).adapters("adapter-after");
    Path target = directory.resolve("adapter");

    write(name, original, target);

    AdapterDirectory written = AdapterDirectory.open(target);
    assertThat(target.resolve("adapter_model.safetensors"))
        .hasSameBinaryContentAs(original.path().resolve("adapter_model.safetensors"));
    assertThat(written.settings().withTargets(List.of()))
        .isEqualTo(
            new Lora(
                original.settings().rank(),
                original.settings().alpha(),
                original.settings().dropout(),
                List.of(),
                false,
                target.toString()));
    assertThat(written.settings().targets())
        .containsExactlyInAnyOrderElementsOf(original.settings().targets());
    JsonNode expected = config(original.path());
    config(target)
        .properties()
        .forEach(
            entry -> {
              if (!List.of("base_model_name_or_path", "target_modules").contains(entry.getKey())) {
                assertThat(entry.getValue())
                    .as(entry.getKey())
                    .isEqualTo(expected.get(entry.getKey()));
              }
            });
    assertThat(directory).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void leavesNothingUnlessFinished() {
    AdapterDirectory original = Golden.of("llama").adapters("adapter-after");
    Map<String, TensorSpec> weights = adapters("llama", original).weights();
    try (AdapterWriter writer =
        AdapterWriter.create(
            Path.of("base"), original.settings(), false, weights, directory.resolve("adapter"))) {
      assertThatThrownBy(writer::finish)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight")
          .hasMessageContaining("0 of 768 bytes were written");
    }
    assertThat(directory).isEmptyDirectory();
  }

  private static void write(String model, AdapterDirectory original, Path target) {
    Adapters adapters = adapters(model, original);
    try (AdapterWriter writer =
        AdapterWriter.create(
            Path.of("base"),
            adapters.settings(),
            adapters.fanInFanOut(),
            adapters.weights(),
            target)) {
      adapters.weights().forEach((name, spec) -> writer.put(name, read(original, name, spec)));
      writer.finish();
    }
  }

  private static Adapters adapters(String model, AdapterDirectory original) {
    return Adapters.of(Architecture.of(Golden.of(model).model().config()), original);
  }

  private static TensorData read(AdapterDirectory adapters, String name, TensorSpec spec) {
    ByteBuffer bytes = ByteBuffer.allocate((int) spec.bytes());
    adapters.weight(name, spec.shape()).copyTo(bytes);
    return TensorData.of(spec, bytes.array());
  }

  private static JsonNode config(Path directory) throws IOException {
    return new ObjectMapper().readTree(directory.resolve("adapter_config.json").toFile());
  }
}
