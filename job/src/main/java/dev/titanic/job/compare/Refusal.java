package dev.titanic.job.compare;

import dev.titanic.job.Preflight;
import dev.titanic.job.config.ConfigFile;
import dev.titanic.job.config.InvalidConfig;
import dev.titanic.job.config.JobConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Why a way to train cannot be: what the same configuration in a file would be refused for. */
final class Refusal {
  private Refusal() {}

  /** One line that names the key; empty when the run can start. */
  static Optional<String> of(JobConfig config) throws IOException {
    Path file = Files.createTempFile("titanic-", ".yaml");
    try {
      ConfigFile.write(config, file);
      Preflight.check(ConfigFile.read(file));
      return Optional.empty();
    } catch (InvalidConfig e) {
      return Optional.of(e.problems().get(0).replaceFirst("^\\S*\\.yaml:\\d+:\\d+: ", ""));
    } finally {
      Files.delete(file);
    }
  }
}
