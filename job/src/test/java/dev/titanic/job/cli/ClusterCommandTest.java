package dev.titanic.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ClusterCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      Titanic.commandLine(List.of(new ClusterCommand()))
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true));

  @Test
  void helpNamesTheDefaults() {
    assertThat(command.execute("cluster", "up", "--help")).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("default: [alice, bob, carol]")
        .contains("default: 256 mb");
  }

  @Test
  void missingClusterIsOneLine(@TempDir Path directory) {
    for (String subcommand : new String[] {"status", "down"}) {
      err.getBuffer().setLength(0);

      assertThat(command.execute("cluster", subcommand, "--directory", directory.toString()))
          .isOne();
      assertThat(err.toString().strip()).isEqualTo("there is no cluster in " + directory);
    }
  }

  @Test
  void tooManyColumnsAreRefusedBeforeAnythingStarts(@TempDir Path directory) {
    int exitCode =
        command.execute(
            "cluster",
            "up",
            "--directory",
            directory.toString(),
            "--stages=64",
            "--network-memory=8m");

    assertThat(exitCode).isOne();
    assertThat(err.toString().strip()).contains("64 stages over 3 clients need").hasLineCount(1);
  }

  @Test
  void unreadableSizeIsAMistakeInTheArguments() {
    assertThat(command.execute("cluster", "up", "--network-memory=much")).isEqualTo(2);
    assertThat(err.toString()).contains("--network-memory");
  }
}
