package dev.titanic.job.cluster;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The processes of a cluster, one small file each, so that another command finds them. */
final class ProcessTable {
  private final Path directory;
  private final JsonMapper json = new JsonMapper();

  ProcessTable(Path directory) {
    this.directory = directory;
  }

  /** The last process of the name, alive or dead. */
  Optional<ClusterProcess> find(String name) throws IOException {
    Path file = file(name);
    return Files.exists(file)
        ? Optional.of(json.readValue(file.toFile(), ClusterProcess.class))
        : Optional.empty();
  }

  boolean isAlive(String name) throws IOException {
    return find(name).filter(ClusterProcess::isAlive).isPresent();
  }

  void add(ClusterProcess process) throws IOException {
    Files.createDirectories(directory);
    json.writeValue(file(process.name()).toFile(), process);
  }

  void remove(String name) throws IOException {
    Files.deleteIfExists(file(name));
  }

  private Path file(String name) {
    return directory.resolve(name + ".json");
  }
}
