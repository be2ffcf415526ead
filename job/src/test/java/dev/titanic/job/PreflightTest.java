package dev.titanic.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.job.config.ConfigFile;
import dev.titanic.job.config.InvalidConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreflightTest {
  private static final Path MODEL = Path.of("src/demo/base-model").toAbsolutePath();

  @TempDir private Path directory;

  @Test
  void refusesAPlanThatDoesNotFitAClientsMemory() {
    // Two blocks of 5: weights, gradients and moments are more than 6 MB.
    assertThatThrownBy(() -> check("1m"))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .contains("bob has a memory of 1048576 bytes")
                    .contains("valid: more memory"));
  }

  @Test
  void acceptsAPlanThatFits() {
    assertThatCode(() -> check("1g")).doesNotThrowAnyException();
  }

  private void check(String memory) throws IOException, InvalidConfig {
    Path file = directory.resolve("titanic.yaml");
    Files.writeString(
        file,
        """
        model: {path: '%s'}
        stages: 2
        clients:
          - id: alice
          - {id: bob, data: false, memory: %s}
          - {id: carol, data: false}
        training: {mode: single, stepsPerTurn: 1}
        """
            .formatted(MODEL, memory));
    Preflight.check(ConfigFile.read(file));
  }
}
