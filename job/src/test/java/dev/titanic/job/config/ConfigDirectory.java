package dev.titanic.job.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A directory with a model of four blocks, an evaluation text and one configuration file. */
record ConfigDirectory(Path path) {
  private static final Path ADAPTER =
      Path.of("../operators/src/test/resources/hf/llama/adapter-before");

  static ConfigDirectory in(Path path) throws IOException {
    Files.createDirectories(path.resolve("base"));
    Files.writeString(path.resolve("base/config.json"), "{\"num_hidden_layers\": 4}");
    Files.writeString(path.resolve("test.txt"), "text");
    Files.createDirectories(path.resolve("adapter"));
    for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
      Files.copy(ADAPTER.resolve(file), path.resolve("adapter").resolve(file));
    }
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
