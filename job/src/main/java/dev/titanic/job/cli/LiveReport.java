package dev.titanic.job.cli;

import dev.titanic.job.report.ReportFile;
import dev.titanic.job.report.UnusableReport;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the report of a run that goes on up to date, and writes the last one when it is over, in
 * whatever way: also when the process is interrupted.
 *
 * <p>A report that cannot be written is a line in the log; training does not end with it.
 */
final class LiveReport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveReport.class);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** Writing takes at most one part in so many of the time. */
  private static final int SHARE = 20;

  private final ReportFile file;
  private final RunDisplay display;
  private final Clock clock;
  private final Thread atInterruption = new Thread(this::finish, "last report");

  private Instant due;
  private boolean finished;

  private LiveReport(ReportFile file, RunDisplay display, Clock clock) {
    this.file = file;
    this.display = display;
    this.clock = clock;
    this.due = clock.instant();
  }

  /**
   * @param display is told where the last report is
   */
  static LiveReport start(ReportFile file, RunDisplay display, Clock clock) {
    LiveReport report = new LiveReport(file, display, clock);
    Runtime.getRuntime().addShutdownHook(report.atInterruption);
    return report;
  }

  /** Writes it if there was not one for a while. */
  synchronized void refresh() {
    Instant begin = clock.instant();
    if (finished || begin.isBefore(due) || !file.isPossible()) {
      return;
    }
    write(file::writeRunning);
    Instant end = clock.instant();
    Duration pause = Duration.between(begin, end).multipliedBy(SHARE);
    due = end.plus(pause.compareTo(INTERVAL) > 0 ? pause : INTERVAL);
  }

  private synchronized void finish() {
    if (finished || !file.isPossible()) {
      return;
    }
    finished = true;
    if (write(file::write)) {
      display.tell("report", file.path());
    }
  }

  @FunctionalInterface
  private interface Writing {
    void write() throws IOException, UnusableReport;
  }

  private static boolean write(Writing writing) {
    try {
      writing.write();
      return true;
    } catch (IOException | UnusableReport e) {
      LOG.warn("no report: {}", e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    finish();
    try {
      Runtime.getRuntime().removeShutdownHook(atInterruption);
    } catch (IllegalStateException e) {
      LOG.debug("the process is ending", e);
    }
  }
}
