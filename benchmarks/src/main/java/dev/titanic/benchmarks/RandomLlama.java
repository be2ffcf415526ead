package dev.titanic.benchmarks;

import dev.titanic.job.demo.RandomModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Llama of random parameters; the usual one has 7.5 million, in 8 blocks of width 256. */
final class RandomLlama {
  static final int BLOCKS = 8;
  static final int VOCABULARY = 2048;

  /** Blocks of which a stage has one, and 102 MB of weights and moments with it. */
  static final int WIDE_BLOCKS = 2;

  private static final String CONFIG =
      """
      {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": %d,
        "hidden_size": %d,
        "intermediate_size": %d,
        "num_hidden_layers": %d,
        "num_attention_heads": %d,
        "num_key_value_heads": %d,
        "max_position_embeddings": 512,
        "rms_norm_eps": 1e-5,
        "rope_theta": 10000.0,
        "hidden_act": "silu",
        "tie_word_embeddings": false
      }
      """;

  private static final long SEED = 1;
  private static final int WIDTH = 832;
  private static final int INTERMEDIATE = 2304;

  private RandomLlama() {}

  /** Writes a Hugging Face directory below another one. */
  static Path write(Path parent) throws IOException {
    return write(parent, CONFIG.formatted(VOCABULARY, 256, 704, BLOCKS, 8, 8));
  }

  /** Writes one of which a block has 8.5 million parameters. */
  static Path writeWide(Path parent) throws IOException {
    return write(parent, CONFIG.formatted(VOCABULARY, WIDTH, INTERMEDIATE, WIDE_BLOCKS, 13, 13));
  }

  /** Weights and both moments of a wide block: four projections, the MLP's three, two norms. */
  static long wideBlockStateBytes() {
    long parameters = WIDTH * (4L * WIDTH + 3L * INTERMEDIATE + 2);
    return 3 * Float.BYTES * parameters;
  }

  private static Path write(Path parent, String config) throws IOException {
    Path description = Files.createDirectories(parent.resolve("description"));
    Files.writeString(description.resolve("config.json"), config);
    Path target = parent.resolve("model");
    RandomModel.write(description, target, SEED);
    return target;
  }
}
