package dev.titanic.job.cluster;

import dev.titanic.job.flink.FlinkSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;

/** Writes what the processes of a cluster read. */
final class ClusterFiles {
  private final ClusterDirectory directory;

  ClusterFiles(ClusterDirectory directory) {
    this.directory = directory;
  }

  void write(Configuration configuration) throws IOException {
    for (Path each :
        List.of(
            directory.configuration(),
            parent(directory.log("any")),
            directory.checkpoints(),
            directory.savepoints(),
            directory.temporary(),
            parent(directory.flinkCommand()))) {
      Files.createDirectories(each);
    }
    writeConfiguration(configuration);
    writeLoggingConfiguration();
    writeFlinkCommand(configuration);
  }

  private void writeConfiguration(Configuration configuration) throws IOException {
    String yaml =
        new TreeMap<>(configuration.toMap())
            .entrySet().stream()
                .map(entry -> entry.getKey() + ": " + quoted(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    Files.writeString(directory.configuration().resolve(FlinkSettings.FILE), yaml);
  }

  private void writeLoggingConfiguration() throws IOException {
    Path target = directory.loggingConfiguration();
    try (InputStream source =
        Objects.requireNonNull(
            FlinkSettings.class.getResourceAsStream("log4j2.properties"), "log4j2.properties")) {
      Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The cluster's {@code bin/flink}: Flink's command line with the right class path and files. */
  private void writeFlinkCommand(Configuration configuration) throws IOException {
    String command =
        new ClusterPrograms(directory, configuration)
            .commandLine().line().stream()
                .map(ClusterFiles::quoted)
                .collect(Collectors.joining(" "));
    String environment =
        EngineEnvironment.VARIABLES.entrySet().stream()
            .map(entry -> "export " + entry.getKey() + "=" + quoted(entry.getValue()) + "\n")
            .sorted()
            .collect(Collectors.joining());
    Files.writeString(
        directory.flinkCommand(),
        "#!/bin/sh\n# Flink's own command line for this cluster.\n"
            + environment
            + "export FLINK_CONF_DIR="
            + quoted(directory.configuration().toString())
            + "\nexec "
            + command
            + " \"$@\"\n");
    Files.setPosixFilePermissions(
        directory.flinkCommand(), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * In single quotes, as the shell and YAML both read them; they differ in the single quote itself.
   */
  private static String quoted(String text) {
    if (text.contains("'")) {
      throw new ClusterException("a quote cannot be written into the cluster's files: " + text);
    }
    return "'" + text + "'";
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent());
  }
}
