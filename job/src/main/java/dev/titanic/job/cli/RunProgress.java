package dev.titanic.job.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.util.Locale;
import java.util.OptionalLong;

/** How far a run is: a bar on a terminal, a line now and then in a log. */
public final class RunProgress implements AutoCloseable {
  private final ProgressView view;

  RunProgress(ProgressView view) {
    this.view = view;
  }

  /**
   * @param steps of the whole run, where it is known
   */
  @SuppressWarnings("SystemConsoleNull") // which changes with JDK 22; this is for 17
  public static RunProgress on(PrintStream out, OptionalLong steps) {
    boolean terminal = System.console() != null;
    return new RunProgress(
        terminal ? new ProgressBarView(out, steps) : new PlainView(out, steps, Clock.systemUTC()));
  }

  /**
   * A step is committed; a step may come again after a restart.
   *
   * @param loss mean over its targets
   */
  public void step(long step, double loss, double tokensPerSecond) {
    view.step(step, String.format(Locale.ROOT, "loss %.4f, %.0f tokens/s", loss, tokensPerSecond));
  }

  /**
   * The model was evaluated.
   *
   * @param after what was done before
   */
  public void evaluated(long step, String after, double loss, double perplexity) {
    view.line(
        String.format(
            Locale.ROOT,
            "step %d, after %s: perplexity %.3f, loss %.4f",
            step,
            after,
            perplexity,
            loss));
  }

  /** Leaves the terminal at the beginning of a line. */
  @Override
  public void close() {
    view.close();
  }
}
