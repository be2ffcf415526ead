package dev.titanic.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.titanic.nn.family.Architecture;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelWriterTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "llama-gqa"})
  void writesWhatItReadFromFramesInAnyOrder(String name) throws IOException {
    ModelDirectory base = Golden.of(name).model();
    Map<String, TensorSpec> weights = weights(base);
    Path target = directory.resolve("model");
    List<Frame> frames = new ArrayList<>();
    weights.forEach(
        (weight, spec) ->
            read(base, weight, spec)
                .frames(1000)
                .forEach(part -> frames.add(new Frame(weight, part))));
    Collections.shuffle(frames, new Random(7));

    try (ModelWriter writer = ModelWriter.create(base.path(), weights, target)) {
      frames.forEach(frame -> writer.put(frame.weight, frame.part));
      assertThat(target).doesNotExist();
      writer.finish();
    }

    assertThat(target.resolve("model.safetensors"))
        .hasSameBinaryContentAs(base.path().resolve("model.safetensors"));
    assertThat(target.resolve("generation_config.json"))
        .hasSameBinaryContentAs(base.path().resolve("generation_config.json"));
    assertThat(directory).isDirectoryNotContaining("glob:**/.*");
  }

  private record Frame(String weight, TensorData part) {}

  @Test
  void shardsAModelThatIsTooLargeForOneFile() throws IOException {
    ModelDirectory base = Golden.of("llama-gqa").model();
    Map<String, TensorSpec> weights = weights(base);
    Path target = directory.resolve("model");
    try (ModelWriter writer = ModelWriter.create(base.path(), weights, target, 100_000)) {
      weights.forEach((name, spec) -> writer.put(name, read(base, name, spec)));
      writer.finish();
    }

    ModelDirectory written = ModelDirectory.open(target);
    weights.forEach(
        (name, spec) ->
            assertThat(read(written, name, spec).chunks())
                .as(name)
                .isEqualTo(read(base, name, spec).chunks()));
    JsonNode index =
        new ObjectMapper().readTree(target.resolve("model.safetensors.index.json").toFile());
    long bytes = weights.values().stream().mapToLong(TensorSpec::bytes).sum();
    assertThat(index.path("metadata").path("total_size").longValue()).isEqualTo(bytes);
    assertThat(index.path("metadata").path("total_parameters").longValue()).isEqualTo(bytes / 4);
    assertThat(target.resolve("model.safetensors")).doesNotExist();
    assertThat(index.path("weight_map").path("model.embed_tokens.weight").textValue())
        .isEqualTo("model-00001-of-00007.safetensors");
  }

  @Test
  void saysThatTheWeightsAreFloat32() throws IOException {
    Path copy = ModelCopy.of(Golden.of("llama"), Files.createDirectory(directory.resolve("base")));
    ModelCopy.edit(
        copy.resolve("config.json"), "\"dtype\": \"float32\"", "\"torch_dtype\": \"bfloat16\"");
    Path target = directory.resolve("model");
    write(ModelDirectory.open(copy), target);
    JsonNode config = new ObjectMapper().readTree(target.resolve("config.json").toFile());
    assertThat(config.path("dtype").textValue()).isEqualTo("float32");
    assertThat(config.has("torch_dtype")).isFalse();
    assertThat(config.path("rope_parameters").path("rope_theta").doubleValue()).isEqualTo(10000);
  }

  @Test
  void replacesAnOlderModel() throws IOException {
    Path target = Files.createDirectory(directory.resolve("model"));
    Files.createFile(target.resolve("old"));
    write(Golden.of("llama").model(), target);
    assertThat(target.resolve("old")).doesNotExist();
    assertThat(target.resolve("model.safetensors")).exists();
    assertThat(directory).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void leavesNothingUnlessFinished() {
    ModelDirectory base = Golden.of("llama").model();
    Path target = directory.resolve("model");
    try (ModelWriter writer = ModelWriter.create(base.path(), weights(base), target)) {
      assertThatThrownBy(writer::finish)
          .isInstanceOf(ModelException.class)
          .hasMessageEndingWith(
              "model.safetensors: lm_head.weight: 0 of 37056 bytes were written:"
                  + " put every byte of it once");
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesAWeightThatTheModelDoesNotHave() {
    ModelDirectory base = Golden.of("llama").model();
    TensorData scalar = TensorData.of(TensorSpec.of(ElementType.FLOAT32), new byte[4]);
    try (ModelWriter writer =
        ModelWriter.create(base.path(), weights(base), directory.resolve("model"))) {
      assertThatThrownBy(() -> writer.put("lm_haed.weight", scalar))
          .hasMessageEndingWith("lm_haed.weight: got FLOAT32[]: the model has no such weight");
      assertThatThrownBy(() -> writer.put("model.norm.weight", scalar))
          .hasMessageEndingWith("model.norm.weight: got FLOAT32[]: the file has FLOAT32[48]");
    }
  }

  private static void write(ModelDirectory base, Path target) {
    Map<String, TensorSpec> weights = weights(base);
    try (ModelWriter writer = ModelWriter.create(base.path(), weights, target)) {
      weights.forEach((name, spec) -> writer.put(name, read(base, name, spec)));
      writer.finish();
    }
  }

  private static Map<String, TensorSpec> weights(ModelDirectory model) {
    return Architecture.of(model.config()).weights();
  }

  private static TensorData read(ModelDirectory model, String name, TensorSpec spec) {
    ByteBuffer bytes = ByteBuffer.allocate((int) spec.bytes());
    model.weight(name, spec.shape()).copyTo(bytes);
    return TensorData.of(spec, bytes.array());
  }
}
