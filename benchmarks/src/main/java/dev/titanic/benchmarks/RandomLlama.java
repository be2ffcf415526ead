package dev.titanic.benchmarks;

import dev.titanic.job.demo.RandomModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

  private static final long SEED = 1;

  private RandomLlama() {}

  /** Writes a Hugging Face directory below another one. */
  static Path write(Path parent) throws IOException {
    Path description = Files.createDirectories(parent.resolve("description"));
    Files.writeString(description.resolve("config.json"), CONFIG);
    Path target = parent.resolve("model");
    RandomModel.write(description, target, SEED);
    return target;
  }
}
