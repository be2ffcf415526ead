package dev.titanic.job.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** A fixture's architecture with random weights and a tokenizer whose ids are the bytes' values. */
final class ByteLevelModel {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int VOCABULARY = 257;
  private static final long SEED = 7;
  private static final double DEVIATION = 0.05;

  private ByteLevelModel() {}

  static Path write(GoldenRun like, Path directory) throws IOException {
    Files.createDirectories(directory);
    ObjectNode config = (ObjectNode) JSON.readTree(like.model().resolve("config.json").toFile());
    int otherVocabulary = config.get("vocab_size").asInt();
    config.put("vocab_size", VOCABULARY);
    JSON.writeValue(directory.resolve("config.json").toFile(), config);
    Files.copy(
        Path.of("../operators/src/test/resources/dev/titanic/data/tokenizer.json"),
        directory.resolve("tokenizer.json"));
    Files.write(
        directory.resolve("model.safetensors"),
        weights(header(like.model().resolve("model.safetensors")), otherVocabulary));
    return directory;
  }

  private static JsonNode header(Path safetensors) throws IOException {
    byte[] file = Files.readAllBytes(safetensors);
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return JSON.readTree(file, Long.BYTES, length);
  }

  private static byte[] weights(JsonNode like, int otherVocabulary) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    Random random = new Random(SEED);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(data);
    for (Map.Entry<String, JsonNode> tensor : like.properties()) {
      if (!tensor.getValue().has("shape")) {
        continue;
      }
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
      int elements = 1;
      for (JsonNode extent : tensor.getValue().get("shape")) {
        int own = extent.asInt() == otherVocabulary ? VOCABULARY : extent.asInt();
        entry.withArray("shape").add(own);
        elements *= own;
      }
      entry.withArray("data_offsets").add(data.size());
      for (int i = 0; i < elements; i++) {
        float value = (float) (random.nextGaussian() * DEVIATION);
        out.writeInt(Integer.reverseBytes(Float.floatToIntBits(value)));
      }
      entry.withArray("data_offsets").add(data.size());
    }
    byte[] json = header.toString().getBytes(UTF_8);
    return ByteBuffer.allocate(Long.BYTES + json.length + data.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data.toByteArray())
        .array();
  }
}
