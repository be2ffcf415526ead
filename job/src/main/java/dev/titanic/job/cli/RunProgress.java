package dev.titanic.job.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** How far a run is: a bar on a terminal, a line now and then in a log. */
public final class RunProgress implements AutoCloseable {
  private final ProgressView view;
  private Map<String, String> hosts = Map.of();

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

  /**
   * Every partition is loaded. Only what has another host than before is told.
   *
   * @param assignment client of each partition by its name
   * @param reason why
   */
  public void placed(long step, Map<String, String> assignment, String reason) {
    String moves =
        assignment.entrySet().stream()
            .filter(
                entry ->
                    !entry.getValue().equals(hosts.getOrDefault(entry.getKey(), entry.getValue())))
            .map(
                entry ->
                    "%s from %s to %s"
                        .formatted(entry.getKey(), hosts.get(entry.getKey()), entry.getValue()))
            .collect(Collectors.joining(", "));
    hosts = Map.copyOf(assignment);
    if (!moves.isEmpty()) {
      view.line("step %d, moved %s: %s".formatted(step, moves, reason));
    }
  }

  /** Leaves the terminal at the beginning of a line. */
  @Override
  public void close() {
    view.close();
  }
}
