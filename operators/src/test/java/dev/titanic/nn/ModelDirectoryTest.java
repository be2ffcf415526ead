package dev.titanic.nn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    ModelDirectory model = ModelDirectory.open(directory);
    assertThatThrownBy(() -> model.weight("extra", List.of(1L)))
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
  void needsOnlyTheShardsThatItIsAskedFor() throws IOException {
    Files.move(directory.resolve("model.safetensors"), directory.resolve("shard-1.safetensors"));
    index(
        """
        {"weight_map": {"model.norm.weight": "shard-1.safetensors", "extra": "shard-2.safetensors"}}
        """);
    ModelDirectory model = ModelDirectory.open(directory);
    assertThat(model.weight(NORM, List.of(48L)).file()).hasFileName("shard-1.safetensors");
    assertThat(model.hash(List.of(NORM))).hasSize(64);
    assertThatThrownBy(() -> model.weight("extra", List.of(1L)))
        .hasMessageEndingWith(
            "shard-2.safetensors: cannot be read: use a readable safetensors file");
  }

  @Test
  void findsTheHeadOfGptNeoXUnderBothOfItsNames() throws IOException {
    Files.delete(directory.resolve("model.safetensors"));
    SafetensorsFile.write(
        directory.resolve("model.safetensors"),
        "{\"lm_head.weight\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]}}",
        new byte[4]);
    assertThat(ModelDirectory.open(directory).weight("embed_out.weight", List.of(1L)).name())
        .isEqualTo("lm_head.weight");
  }

  @Test
  void findsWeightsOfACheckpointWithoutTheHeadsPrefix() throws IOException {
    Files.delete(directory.resolve("model.safetensors"));
    SafetensorsFile.write(
        directory.resolve("model.safetensors"),
        """
        {"norm.weight": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
         "layers.0.self_attn.rotary_emb.inv_freq": {"dtype": "F16", "shape": [1], "data_offsets": [8, 10]},
         "layers.0.attn.bias": {"dtype": "BOOL", "shape": [1, 2], "data_offsets": [10, 12]}}
        """,
        new byte[12]);
    ModelDirectory model = ModelDirectory.open(directory);
    assertThat(model.weight(NORM, List.of(2L)).name()).isEqualTo("norm.weight");
    assertThatThrownBy(() -> model.weight("lm_head.weight", List.of(2L)))
        .hasMessageContaining("lm_head.weight: is missing");
  }

  @Test
  void saysHowToConvertAPickle() throws IOException {
    Files.move(directory.resolve("model.safetensors"), directory.resolve("pytorch_model.bin"));
    assertThatThrownBy(() -> ModelDirectory.open(directory))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(directory.resolve("pytorch_model.bin") + ": is not read")
        .hasMessageContaining("save_pretrained");
  }

  @Test
  void refusesATiedWeightWithValuesOfItsOwn() {
    ModelDirectory model = ModelDirectory.open(directory);
    model.requireTied("not_stored.weight", NORM);
    model.requireTied(NORM, NORM);
    assertThatThrownBy(() -> model.requireTied("lm_head.weight", "model.embed_tokens.weight"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("lm_head.weight: is not equal to model.embed_tokens.weight")
        .hasMessageEndingWith("use false there to train them apart, as they are");
  }

  @Test
  void hashesConfigurationAndTheWeightsItIsAskedFor() throws IOException {
    String hash = hash();
    assertThat(hash()).hasSize(64).isEqualTo(hash);

    change("model.layers.0.input_layernorm.weight");
    assertThat(hash()).isEqualTo(hash);
    change(NORM);
    String changed = hash();
    assertThat(changed).isNotEqualTo(hash);
    ModelCopy.edit(directory.resolve("config.json"), "10000.0", "20000.0");
    assertThat(hash()).isNotEqualTo(changed);
  }

  private String hash() {
    return ModelDirectory.open(directory).hash(List.of(NORM));
  }

  private void change(String weight) throws IOException {
    StoredTensor stored = ModelDirectory.open(directory).weight(weight, List.of(48L));
    try (FileChannel file = FileChannel.open(stored.file(), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {42}), stored.position());
    }
  }
}
