package dev.titanic.nn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A fixture's model in a directory where a test may change it. */
public final class ModelCopy {
  private ModelCopy() {}

  static Path of(Golden golden, Path directory) throws IOException {
    for (String file : List.of("config.json", "generation_config.json", "model.safetensors")) {
      Files.copy(golden.model().path().resolve(file), directory.resolve(file));
    }
    return directory;
  }

  static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file, UTF_8);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to), UTF_8);
  }

  /** The model with another configuration. */
  public static ModelDirectory edited(Golden golden, Path directory, String from, String to)
      throws IOException {
    edit(of(golden, directory).resolve("config.json"), from, to);
    return ModelDirectory.open(directory);
  }

  /** The model with one rate for all kinds of dropout that it has. */
  public static ModelDirectory dropping(Golden golden, Path directory, double rate)
      throws IOException {
    Path file = of(golden, directory).resolve("config.json");
    String config = Files.readString(file, UTF_8);
    String edited = config.replaceAll("(_pdrop|dropout)\": 0(\\.0)?,", "$1\": " + rate + ",");
    assertThat(edited).isNotEqualTo(config);
    Files.writeString(file, edited, UTF_8);
    return ModelDirectory.open(directory);
  }
}
