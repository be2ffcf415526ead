package dev.titanic.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.report.ReportFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveReportTest {
  private static final String EVALUATION =
      "{\"type\":\"evaluation\",\"step\":%d,\"after\":\"base\",\"loss\":1.0,\"perplexity\":2.7}\n";

  @TempDir private Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final TestingClock clock = new TestingClock();
  private OutputDirectory output;
  @AutoClose private LiveReport report;

  @BeforeEach
  void start() {
    output = new OutputDirectory(directory);
    report =
        LiveReport.start(
            ReportFile.in(output),
            new PrintedRun(new PrintStream(out, true, StandardCharsets.UTF_8)),
            clock);
  }

  @Test
  void waitsForTheFirstRecord() {
    report.refresh();
    report.close();

    assertThat(output.report()).doesNotExist();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void isWrittenAgainAfterAWhile() throws IOException {
    Files.writeString(output.progress(), EVALUATION.formatted(111));
    report.refresh();
    Files.writeString(output.progress(), EVALUATION.formatted(222));

    report.refresh();
    assertThat(output.report()).content().contains("\"step\":111").contains("running");

    clock.now = clock.now.plus(Duration.ofSeconds(10));
    report.refresh();
    assertThat(output.report()).content().contains("\"step\":222");
  }

  @Test
  void endsWithAReportOfWhatThereIs() throws IOException {
    Files.writeString(output.progress(), EVALUATION.formatted(111));

    report.close();
    report.close();

    assertThat(output.report()).content().contains("\"unfinished\"");
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("report     " + output.report());
  }

  private static final class TestingClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
