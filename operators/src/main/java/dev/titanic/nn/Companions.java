package dev.titanic.nn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What goes along with a model's weights wherever they go, where the base model has it: tokenizer,
 * chat template, defaults of generation, the code of a traced model.
 */
public final class Companions {
  private static final List<String> NAMES =
      List.of(
          "generation_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "tokenizer.model",
          "spiece.model",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "vocab.txt",
          "merges.txt",
          "chat_template.jinja",
          "chat_template.json",
          "model.pt");

  private Companions() {}

  /** Copies them from one model directory to another one. */
  public static void copy(Path base, Path target) throws IOException {
    for (String name : NAMES) {
      if (Files.exists(base.resolve(name))) {
        Files.copy(base.resolve(name), target.resolve(name));
      }
    }
  }
}
