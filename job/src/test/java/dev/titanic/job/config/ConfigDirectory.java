package dev.titanic.job.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory with a model of four blocks, an evaluation text and one configuration file. */
record ConfigDirectory(Path path) {

  static ConfigDirectory in(Path path) throws IOException {
    Files.createDirectories(path.resolve("base"));
    Files.writeString(path.resolve("base/config.json"), "{\"num_hidden_layers\": 4}");
    Files.writeString(path.resolve("test.txt"), "text");
    return new ConfigDirectory(path);
  }

  Path file() {
    return path.resolve("titanic.yaml");
  }

  JobConfig read(String yaml) throws IOException, InvalidConfig {
    Files.writeString(file(), yaml);
    return ConfigFile.read(file());
  }
}
