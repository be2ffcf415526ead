package dev.titanic.job.report;

import dev.titanic.coordinator.OutputDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** {@code report.html} of an output directory, made of what the run left there so far. */
public final class ReportFile {
  private final OutputDirectory output;
  private final Clock clock;

  ReportFile(OutputDirectory output, Clock clock) {
    this.output = output;
    this.clock = clock;
  }

  public static ReportFile in(OutputDirectory output) {
    return new ReportFile(output, Clock.systemUTC());
  }

  public Path path() {
    return output.report();
  }

  /** Whether there is something to report yet. */
  public boolean isPossible() {
    return Files.isRegularFile(output.progress()) || Files.isRegularFile(output.comparison());
  }

  /** The page of a run that goes on: a browser loads it again every now and then. */
  public void writeRunning() throws IOException, UnusableReport {
    write(true);
  }

  /** The page of a run that is over, or of which nobody knows. */
  public void write() throws IOException, UnusableReport {
    write(false);
  }

  private void write(boolean running) throws IOException, UnusableReport {
    if (!isPossible()) {
      throw new UnusableReport(
          "%s: no %s in it; valid: the output directory of a run"
              .formatted(output.path(), output.progress().getFileName()));
    }
    String page = ReportPage.of(Report.of(clock.instant(), run(running), comparison()));
    // A browser that loads it now gets the old page or the new one.
    Path draft = Files.writeString(output.path().resolve(".report.html"), page);
    Files.move(draft, output.report(), StandardCopyOption.ATOMIC_MOVE);
  }

  private @Nullable RunHistory run(boolean running) throws IOException, UnusableReport {
    if (!Files.isRegularFile(output.progress())) {
      return null;
    }
    RunHistoryBuilder history = new RunHistoryBuilder();
    ProgressLines.read(output.progress(), history::add);
    Path configuration = output.configuration();
    return history.build(
        Files.isRegularFile(configuration)
            ? RunConfiguration.of(Files.readString(configuration))
            : null,
        running);
  }

  private @Nullable ComparisonTable comparison() throws UnusableReport {
    Path table = output.comparison();
    if (!Files.isRegularFile(table)) {
      return null;
    }
    try {
      return ComparisonTable.read(table);
    } catch (IOException e) {
      throw new UnusableReport(table + ": no comparison; valid: a table as docs/report.md says", e);
    }
  }
}
