package dev.titanic.nn;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A fixture's model in a directory where a test may damage it. */
final class ModelCopy {
  private ModelCopy() {}

  static Path of(Golden golden, Path directory) throws IOException {
    for (String file : List.of("config.json", "generation_config.json", "model.safetensors")) {
      Files.copy(golden.model().path().resolve(file), directory.resolve(file));
    }
    return directory;
  }

  static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file, UTF_8);
    Files.writeString(file, text.replace(from, to), UTF_8);
  }
}
