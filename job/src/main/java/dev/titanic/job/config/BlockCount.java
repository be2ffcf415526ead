package dev.titanic.job.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** How many blocks a Hugging Face model has, known before anything is loaded. */
final class BlockCount {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BlockCount() {}

  /** Empty when the model's own configuration does not say; loading it will tell more. */
  static OptionalInt of(Path model) {
    try {
      JsonNode layers =
          JSON.readTree(model.resolve("config.json").toFile()).path("num_hidden_layers");
      return layers.isInt() ? OptionalInt.of(layers.intValue()) : OptionalInt.empty();
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }
}
