package dev.titanic.job.cli;

import java.io.PrintStream;
import java.time.Clock;

/** Where progress is shown. */
interface ProgressView extends AutoCloseable {

  /** A bar on a terminal, a line now and then in a log. */
  @SuppressWarnings("SystemConsoleNull") // which changes with JDK 22; this is for 17
  static ProgressView on(PrintStream out, Scale scale) {
    return System.console() != null
        ? new ProgressBarView(out, scale)
        : new PlainView(out, scale, Clock.systemUTC());
  }

  /**
   * @param done so far, on the view's scale
   */
  void reached(long done, String details);

  /** A line that stays. */
  void line(String line);

  @Override
  void close();
}
