package dev.titanic.nn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelDirectoryTest {
  private static final String NORM = "model.norm.weight";

  @TempDir private Path directory;

  @BeforeEach
  void copyTheModel() throws IOException {
    ModelCopy.of(Golden.of("llama"), directory);
  }

  @Test
  void findsWeightsByNameAndShape() {
    ModelDirectory model = ModelDirectory.open(directory);
    assertThat(model.weight(NORM, List.of(48L)).bytes()).isEqualTo(192);
    assertThat(model.config().modelType()).isEqualTo("llama");
    assertThat(model.config().endOfTextId()).hasValue(2);
  }

  @Test
  void refusesAMissingWeight() {
    assertThatThrownBy(() -> ModelDirectory.open(directory).weight("model.nrom.weight", List.of()))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            directory + ": model.nrom.weight: is missing: use weights that belong to config.json");
  }

  @Test
  void refusesAWeightOfAnotherShape() {
    assertThatThrownBy(() -> ModelDirectory.open(directory).weight(NORM, List.of(49L)))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            directory.resolve("model.safetensors")
                + ": model.norm.weight: shape [48]: config.json needs [49]");
  }

  @Test
  void refusesADirectoryWithoutItsFiles() throws IOException {
    assertThatThrownBy(() -> ModelDirectory.open(directory.resolve("none")))
        .hasMessageEndingWith("none: is no directory: use a Hugging Face model directory");
    Files.delete(directory.resolve("model.safetensors"));
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .hasMessage(
            directory + ": has no weights: add model.safetensors or model.safetensors.index.json");
    Files.delete(directory.resolve("config.json"));
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .hasMessage(directory.resolve("config.json") + ": cannot be read: use a readable file");
  }

  @Test
  void refusesAConfigurationThatIsNotJson() throws IOException {
    Files.writeString(directory.resolve("config.json"), "{", UTF_8);
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .hasMessage(directory.resolve("config.json") + ": is not valid JSON: use a JSON object");
  }

  @Test
  void readsShards() throws IOException {
    Files.move(directory.resolve("model.safetensors"), directory.resolve("shard-1.safetensors"));
    SafetensorsFile.write(
        directory.resolve("shard-2.safetensors"),
        "{\"extra\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]}}",
        new byte[4]);
    index(
        """
        {"weight_map": {"model.norm.weight": "shard-1.safetensors", "extra": "shard-2.safetensors"}}
        """);
    ModelDirectory model = ModelDirectory.open(directory);
    assertThat(model.weight(NORM, List.of(48L)).file()).hasFileName("shard-1.safetensors");
    assertThat(model.weight("extra", List.of(1L)).file()).hasFileName("shard-2.safetensors");
  }

  @Test
  void refusesAnIndexThatDoesNotFitItsShards() throws IOException {
    Files.move(directory.resolve("model.safetensors"), directory.resolve("shard-1.safetensors"));
    index("{\"weight_map\": {\"extra\": \"shard-1.safetensors\"}}");
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .hasMessageEndingWith("extra: is not in shard-1.safetensors: use a shard that holds it");
    index("{\"weight_map\": {\"extra\": \"../elsewhere.safetensors\"}}");
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .hasMessageEndingWith("use a file in the same directory");
    index("{}");
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .hasMessageEndingWith("has no weight_map: use an object from names to files");
  }

  private void index(String json) throws IOException {
    Files.writeString(directory.resolve("model.safetensors.index.json"), json, UTF_8);
  }

  @Test
  void hashesConfigurationAndEveryWeight() throws IOException {
    String hash = ModelDirectory.open(directory).contentHash();
    assertThat(ModelDirectory.open(directory).contentHash()).hasSize(64).isEqualTo(hash);

    Path weights = directory.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 2] ^= 1;
    Files.write(weights, bytes);
    assertThat(ModelDirectory.open(directory).contentHash()).isNotEqualTo(hash);
  }
}
