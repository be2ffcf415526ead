package dev.titanic.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherTest {
  private static final Path LAUNCHER = Path.of("../titanic").toAbsolutePath().normalize();

  @TempDir private Path javaHome;

  @Test
  void asksForAJavaWhereThereIsNone() throws Exception {
    assertThat(launch())
        .isEqualTo(
            "2: titanic: no java at '%s/bin/java'; valid: a JDK 17 in JAVA_HOME or on the PATH%n"
                .formatted(javaHome));
  }

  @Test
  void asksForTheRightVersionOfJava() throws Exception {
    Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho '    java.specification.version = 11' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();

    assertThat(launch())
        .isEqualTo(
            "2: titanic: '%s' is version 11; valid: a JDK 17 in JAVA_HOME or on the PATH%n"
                .formatted(java));
  }

  /** Launches through a symbolic link; gives exit code and output. */
  private String launch() throws IOException, InterruptedException {
    Path link = Files.createSymbolicLink(javaHome.resolve("link"), LAUNCHER);
    ProcessBuilder builder =
        new ProcessBuilder(link.toString(), "--help").redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + ": " + output;
  }
}
