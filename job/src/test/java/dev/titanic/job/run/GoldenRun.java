package dev.titanic.job.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

/** A tiny checkpoint with what transformers computes for it. */
public record GoldenRun(Path model, JsonNode golden, JsonNode header, ByteBuffer tensors) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONG_BYTES = 8;
  private static final int FLOAT_BYTES = 4;

  public static GoldenRun of(String name) throws IOException {
    Path model = Path.of("../operators/src/test/resources/hf", name).toAbsolutePath().normalize();
    byte[] file = Files.readAllBytes(model.resolve("golden.safetensors"));
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return new GoldenRun(
        model,
        JSON.readTree(model.resolve("golden.json").toFile()),
        JSON.readTree(file, LONG_BYTES, length),
        ByteBuffer.wrap(file, LONG_BYTES + length, file.length - LONG_BYTES - length).slice());
  }

  /** The micro-batches as records of a topic, {@code times} over. */
  public List<byte[]> records(int times) {
    JsonNode shape = header.get("input_ids").get("shape"); // (micro-batches, sequences, tokens)
    int tokens = shape.get(2).asInt();
    ByteBuffer ids = data("input_ids");
    List<byte[]> records = new ArrayList<>();
    while (ids.remaining() >= tokens * LONG_BYTES) {
      long[] sequence = new long[tokens];
      for (int i = 0; i < tokens; i++) {
        sequence[i] = ids.getLong();
      }
      records.add(
          ("{\"tokens\": " + Arrays.toString(sequence) + "}").getBytes(StandardCharsets.UTF_8));
    }
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(records);
    }
    return all;
  }

  public List<Double> lossTrace() {
    return StreamSupport.stream(golden.get("full_loss_trace").spliterator(), false)
        .map(JsonNode::asDouble)
        .toList();
  }

  public float[] parametersAfter(String name) {
    ByteBuffer bytes = data("full.after." + name);
    float[] values = new float[bytes.remaining() / FLOAT_BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  private ByteBuffer data(String name) {
    JsonNode offsets = header.get(name).get("data_offsets");
    int start = offsets.get(0).asInt();
    return tensors.slice(start, offsets.get(1).asInt() - start).order(ByteOrder.LITTLE_ENDIAN);
  }
}
