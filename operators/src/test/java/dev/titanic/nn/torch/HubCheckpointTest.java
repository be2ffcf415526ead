package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.nn.Golden;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.SafetensorsWriter;
import dev.titanic.nn.StoredTensor;
import dev.titanic.nn.family.Architecture;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as older models on the hub have them. */
final class HubCheckpointTest {
  @TempDir private Path directory;

  /** GPT-2 on the hub: {@code h.0.attn.c_attn.weight}, and masks that are no weights. */
  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "opt", "bloom", "llama-gqa"})
  void mayLackTheHeadsPrefixAndHaveBuffers(String name) throws Exception {
    Golden golden = Golden.of(name);
    Path base = golden.model().path();
    Files.copy(base.resolve("config.json"), directory.resolve("config.json"));
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    Architecture.of(golden.model().config())
        .weights()
        .forEach((weight, spec) -> tensors.put(inner(weight), read(golden.model(), weight, spec)));
    tensors.put("h.0.attn.masked_bias", zeros(TensorSpec.of(ElementType.FLOAT32)));
    tensors.put("h.0.attn.bias", zeros(TensorSpec.of(ElementType.BYTE, 1, 1, 8, 8)));
    write(tensors, directory.resolve("model.safetensors"));

    try (PartitionedModel model = new PartitionedModel(ModelDirectory.open(directory), 1)) {
      TensorData hidden = model.forward(0, golden.batches().get(0), false);
      float[] logits = Numbers.of(model.owner.logits(hidden));
      Numbers.assertClose("logits", logits, golden.tensor("logits.0"), 1e-5);
    }
  }

  private static String inner(String weight) {
    assertThat(weight).matches("(model|transformer)\\..*");
    return weight.substring(weight.indexOf('.') + 1);
  }

  private static TensorData read(ModelDirectory model, String weight, TensorSpec spec) {
    StoredTensor stored = model.weight(weight, spec.shape());
    ByteBuffer bytes = ByteBuffer.allocate((int) spec.bytes());
    stored.copyTo(bytes);
    return TensorData.of(spec, bytes.array());
  }

  private static TensorData zeros(TensorSpec spec) {
    return TensorData.of(spec, new byte[(int) spec.bytes()]);
  }

  private static void write(Map<String, TensorData> tensors, Path file) {
    Map<String, TensorSpec> specs = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> specs.put(name, tensor.spec()));
    try (SafetensorsWriter writer = SafetensorsWriter.create(file, specs)) {
      tensors.forEach(writer::put);
      writer.finish();
    }
  }
}
