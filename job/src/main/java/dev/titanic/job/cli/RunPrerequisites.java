package dev.titanic.job.cli;

import static java.util.stream.Collectors.toSet;

import dev.titanic.job.Preflight;
import dev.titanic.job.TitanicRun;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.InvalidConfig;
import dev.titanic.job.config.JobConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.flink.core.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/** What a run on this machine needs, known before broker and cluster start. */
final class RunPrerequisites {
  private static final String SAVEPOINT_FILE = "_metadata";

  private RunPrerequisites() {}

  /**
   * @return the run, which has what it needs
   * @throws InvalidConfig naming what is missing
   */
  static TitanicRun check(JobConfig config, List<Feed> feeds, @Nullable String savepoint)
      throws InvalidConfig {
    TitanicRun run = Preflight.check(config);
    if (config.kafka().bootstrapServers() == null) {
      requireDocuments(config.owners(), feeds);
    }
    if (savepoint != null && !isSavepoint(savepoint)) {
      throw unusable(
          "--from: no savepoint in %s; valid: a directory with a file %s"
              .formatted(savepoint, SAVEPOINT_FILE));
    }
    requireWritable(Path.of(config.output()));
    return run;
  }

  private static void requireDocuments(List<ClientConfig> owners, List<Feed> feeds)
      throws InvalidConfig {
    Set<String> fed = feeds.stream().map(Feed::client).collect(toSet());
    List<String> problems =
        owners.stream()
            .filter(owner -> !fed.contains(owner.id()))
            .map(
                owner ->
                    "topic %s: a broker of the run's own begins without documents; valid: --feed %s=FILE, or --kafka HOST:PORT"
                        .formatted(owner.topic(), owner.id()))
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidConfig(problems);
    }
  }

  private static boolean isSavepoint(String location) {
    var path = new org.apache.flink.core.fs.Path(location);
    try {
      FileSystem files = path.getFileSystem();
      return files.exists(new org.apache.flink.core.fs.Path(path, SAVEPOINT_FILE))
          || path.getName().equals(SAVEPOINT_FILE) && files.exists(path);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * @throws InvalidConfig when it is no directory that can be written to, or made
   */
  static void requireWritable(Path output) throws InvalidConfig {
    try {
      if (Files.isWritable(Files.createDirectories(output))) {
        return;
      }
    } catch (IOException e) {
      // told below, in words
    }
    throw unusable(
        "output: %s cannot be written; valid: a directory of your own".formatted(output));
  }

  private static InvalidConfig unusable(String problem) {
    return new InvalidConfig(List.of(problem));
  }
}
