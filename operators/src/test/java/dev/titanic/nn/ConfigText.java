package dev.titanic.nn;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration that a test writes itself. */
public final class ConfigText {
  private ConfigText() {}

  public static ModelConfig of(Path directory, String json) throws IOException {
    Files.writeString(directory.resolve(ModelDirectory.CONFIG), json, UTF_8);
    return ModelDirectory.config(directory);
  }
}
