package dev.titanic.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportCommandTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsWhereTheReportIs() throws IOException {
    Files.writeString(
        directory.resolve("progress.jsonl"),
        "{\"type\":\"evaluation\",\"step\":0,\"after\":\"base\",\"loss\":1.0,\"perplexity\":2.7}\n");

    assertThat(execute(directory)).isZero();
    assertThat(out).hasToString(directory.resolve("report.html") + System.lineSeparator());
    assertThat(directory.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void refusesADirectoryWithoutARunInOneLine() {
    assertThat(execute(directory.resolve("none"))).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "titanic report: %s: no progress.jsonl in it; valid: the output directory of a run (see titanic report --help)"
                .formatted(directory.resolve("none")));
    assertThat(out.toString()).isEmpty();
  }

  private int execute(Path argument) {
    return Titanic.commandLine(List.of(new ReportCommand()))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute("report", argument.toString());
  }
}
