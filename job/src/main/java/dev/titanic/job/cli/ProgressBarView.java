package dev.titanic.job.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with the time left, for a terminal. */
final class ProgressBarView implements ProgressView {
  private static final String START_OF_EMPTY_LINE = "\r\u001b[K";

  /** What the library takes for a maximum that is not known. */
  private static final long UNKNOWN = -1;

  private final PrintStream out;
  private final ProgressBar bar;

  ProgressBarView(PrintStream out, Scale scale) {
    this.out = out;
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(scale.unit())
            .setInitialMax(scale.end().orElse(UNKNOWN))
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(250)
            .setConsumer(new ConsoleProgressBarConsumer(out))
            .build();
  }

  @Override
  public void reached(long done, String details) {
    bar.stepTo(done);
    bar.setExtraMessage(" " + details);
  }

  @Override
  public void line(String line) {
    out.println(START_OF_EMPTY_LINE + line);
    bar.refresh();
  }

  @Override
  public void close() {
    bar.close();
  }
}
