package dev.titanic.benchmarks;

import dev.titanic.job.demo.RandomModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A GPT-2 with random weights; with the sizes of the smallest published one 124 million. */
final class RandomGpt2 {
  static final int BLOCKS = 12;
  static final int HIDDEN = 768;
  static final int VOCABULARY = 50257;

  private static final String CONFIG =
      """
      {
        "architectures": ["GPT2LMHeadModel"],
        "model_type": "gpt2",
        "vocab_size": %d,
        "n_positions": 1024,
        "n_embd": %d,
        "n_layer": %d,
        "n_head": 12,
        "activation_function": "gelu_new",
        "attn_pdrop": 0.1,
        "embd_pdrop": 0.1,
        "resid_pdrop": 0.1,
        "layer_norm_epsilon": 1e-5
      }
      """;

  private static final long SEED = 1;

  private RandomGpt2() {}

  /** Writes a Hugging Face directory below another one. */
  static Path write(Path parent) throws IOException {
    return write(parent, "gpt2", CONFIG.formatted(VOCABULARY, HIDDEN, BLOCKS));
  }

  /** Writes one that has the same number of blocks, and is as good as nothing. */
  static Path writeTiny(Path parent) throws IOException {
    return write(parent, "tiny", CONFIG.formatted(VOCABULARY, 12, BLOCKS));
  }

  private static Path write(Path parent, String name, String config) throws IOException {
    Path description = Files.createDirectories(parent.resolve(name + "-description"));
    Files.writeString(description.resolve("config.json"), config);
    Path target = parent.resolve(name);
    RandomModel.write(description, target, SEED);
    return target;
  }
}
