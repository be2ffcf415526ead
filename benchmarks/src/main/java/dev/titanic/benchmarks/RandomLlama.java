package dev.titanic.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelWriter;
import dev.titanic.nn.family.Architecture;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** A Llama of 7.5 million random parameters: 8 blocks of width 256. */
final class RandomLlama {
  static final int BLOCKS = 8;
  static final int VOCABULARY = 2048;

  private static final String CONFIG =
      """
      {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": %d,
        "hidden_size": 256,
        "intermediate_size": 704,
        "num_hidden_layers": %d,
        "num_attention_heads": 8,
        "num_key_value_heads": 8,
        "max_position_embeddings": 512,
        "rms_norm_eps": 1e-5,
        "rope_theta": 10000.0,
        "hidden_act": "silu",
        "tie_word_embeddings": false
      }
      """
          .formatted(VOCABULARY, BLOCKS);

  private static final double DEVIATION = 0.02;
  private static final long SEED = 1;

  private RandomLlama() {}

  /** Writes a Hugging Face directory below another one. */
  static Path write(Path parent) throws IOException {
    ModelDirectory blank = blank(parent.resolve("blank"));
    Map<String, TensorSpec> weights = Architecture.of(blank.config()).weights();
    Path target = parent.resolve("model");
    Random random = new Random(SEED);
    try (ModelWriter writer = ModelWriter.create(blank, weights, target)) {
      weights.forEach((name, spec) -> writer.put(name, values(spec, random)));
      writer.finish();
    }
    return target;
  }

  /** A model of the same configuration without any weights. */
  private static ModelDirectory blank(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("config.json"), CONFIG);
    byte[] header = "{}".getBytes(UTF_8);
    byte[] file =
        ByteBuffer.allocate(Long.BYTES + header.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header)
            .array();
    Files.write(directory.resolve("model.safetensors"), file);
    return ModelDirectory.open(directory);
  }

  /** Ones for the scales of norms, normally distributed numbers for matrices. */
  private static TensorData values(TensorSpec spec, Random random) {
    boolean scale = spec.shape().size() == 1;
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(spec.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat(scale ? 1 : (float) (DEVIATION * random.nextGaussian()));
    }
    return TensorData.of(spec, bytes.array());
  }
}
