package dev.titanic.job.cli;

import static java.util.Map.Entry.comparingByValue;

import dev.titanic.schemas.kafka.OwnerShare;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Every step, evaluation and placement of a run. */
final class RunProgress implements RunView {
  private final ProgressView view;
  private Map<String, String> hosts = Map.of();

  RunProgress(ProgressView view) {
    this.view = view;
  }

  @Override
  public void show(ProgressRecord progress) {
    if (progress instanceof ProgressRecord.Step step) {
      step(step.step(), step.loss(), losses(step), step.tokensPerSecond());
    } else if (progress instanceof ProgressRecord.Evaluation evaluation) {
      evaluated(evaluation.step(), evaluation.after(), evaluation.loss(), evaluation.perplexity());
    } else if (progress instanceof ProgressRecord.Placement placement) {
      placed(placement.step(), placement.assignment(), placement.reason());
    }
  }

  private static Map<String, Double> losses(ProgressRecord.Step step) {
    return step.owners().stream().collect(Collectors.toMap(OwnerShare::client, OwnerShare::loss));
  }

  /**
   * A step is committed.
   *
   * @param loss mean over its targets
   * @param lossOfOwner by client id
   */
  void step(long step, double loss, Map<String, Double> lossOfOwner, double tokensPerSecond) {
    view.reached(
        step,
        String.format(
            Locale.ROOT, "loss %.4f%s, %.0f tokens/s", loss, range(lossOfOwner), tokensPerSecond));
  }

  /** Of several owners the least and the greatest: a line has no room for all. */
  private static String range(Map<String, Double> losses) {
    if (losses.size() < 2) {
      return "";
    }
    Map.Entry<String, Double> least = Collections.min(losses.entrySet(), comparingByValue());
    Map.Entry<String, Double> greatest = Collections.max(losses.entrySet(), comparingByValue());
    return String.format(
        Locale.ROOT,
        " (%s %.4f to %s %.4f)",
        least.getKey(),
        least.getValue(),
        greatest.getKey(),
        greatest.getValue());
  }

  /**
   * The model was evaluated.
   *
   * @param after what was done before
   */
  void evaluated(long step, String after, double loss, double perplexity) {
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
  void placed(long step, Map<String, String> assignment, String reason) {
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
