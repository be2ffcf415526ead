package dev.titanic.job.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.titanic.nn.AdapterDirectory;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.StoredTensor;
import dev.titanic.nn.family.Adapters;
import dev.titanic.nn.family.Architecture;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A tiny checkpoint with what transformers computes for it. */
public record GoldenRun(Path model, JsonNode golden, JsonNode header, ByteBuffer tensors) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONG_BYTES = 8;

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

  /** As many of the micro-batches as a run reads, in turn. */
  List<byte[]> recordsFor(int microBatches) {
    int sequences = microBatches * header.get("input_ids").get("shape").get(1).asInt();
    List<byte[]> once = records(1);
    return records((sequences + once.size() - 1) / once.size()).subList(0, sequences);
  }

  public List<Double> lossTrace() {
    return series("full_loss_trace");
  }

  List<Double> loraLossTrace() {
    return series("lora_loss_trace");
  }

  private List<Double> series(String name) {
    return StreamSupport.stream(golden.get(name).spliterator(), false)
        .map(JsonNode::asDouble)
        .toList();
  }

  /** The PEFT directory {@code adapter-before} or {@code adapter-after} six steps. */
  AdapterDirectory adapters(String name) {
    return AdapterDirectory.open(model.resolve(name));
  }

  /** The parameter that differs most from the golden one, absolutely. */
  record Difference(String parameter, double maximum) {}

  /** Compares a trained model with the golden parameters after six steps. */
  Difference differenceAfter(Path trained) {
    ModelDirectory directory = ModelDirectory.open(trained);
    Difference largest = new Difference("none", 0);
    for (Map.Entry<String, TensorSpec> weight :
        Architecture.of(directory.config()).weights().entrySet()) {
      FloatBuffer expected = data("full.after." + weight.getKey()).asFloatBuffer();
      FloatBuffer actual = values(directory.weight(weight.getKey(), weight.getValue().shape()));
      double maximum = 0;
      while (expected.hasRemaining()) {
        maximum = Math.max(maximum, Math.abs((double) expected.get() - actual.get()));
      }
      if (maximum > largest.maximum()) {
        largest = new Difference(weight.getKey(), maximum);
      }
    }
    return largest;
  }

  /** The largest absolute difference of trained adapters from the golden ones. */
  double adapterDifferenceAfter(Path trained) {
    AdapterDirectory actual = AdapterDirectory.open(trained);
    AdapterDirectory expected = adapters("adapter-after");
    Architecture architecture = Architecture.of(ModelDirectory.config(model));
    double maximum = 0;
    for (Map.Entry<String, TensorSpec> weight :
        Adapters.of(architecture, actual).weights().entrySet()) {
      List<Long> shape = weight.getValue().shape();
      FloatBuffer left = values(actual.weight(weight.getKey(), shape));
      FloatBuffer right = values(expected.weight(weight.getKey(), shape));
      while (left.hasRemaining()) {
        maximum = Math.max(maximum, Math.abs((double) left.get() - right.get()));
      }
    }
    return maximum;
  }

  private static FloatBuffer values(StoredTensor tensor) {
    ByteBuffer bytes = ByteBuffer.allocate((int) tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    tensor.copyTo(bytes);
    return bytes.flip().asFloatBuffer();
  }

  private ByteBuffer data(String name) {
    JsonNode offsets = header.get(name).get("data_offsets");
    int start = offsets.get(0).asInt();
    return tensors.slice(start, offsets.get(1).asInt() - start).order(ByteOrder.LITTLE_ENDIAN);
  }
}
