package dev.titanic.schemas.state;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the coordinator knows about the owners' data besides their positions, and about a round of
 * several owners at once.
 *
 * @param targets next-token targets that each owner has trained on since the owners' weights were
 *     last averaged: its share in the next average
 * @param amounts sequences that each owner has for an epoch, where that was counted
 * @param drawn micro-batches that each owner that was asked has given since its data was bounded;
 *     empty when owners take turns
 * @param aggregatedStep the last step after which weights were averaged, 0 for none
 */
public record Round(
    Map<String, Long> targets,
    Map<String, Long> amounts,
    Map<String, Long> drawn,
    long aggregatedStep) {
  public static final Round FRESH = new Round(Map.of(), Map.of(), Map.of(), 0);

  public Round {
    targets = Collections.unmodifiableSortedMap(new TreeMap<>(targets));
    amounts = Collections.unmodifiableSortedMap(new TreeMap<>(amounts));
    drawn = Collections.unmodifiableSortedMap(new TreeMap<>(drawn));
  }

  /** Owners have counted their data. */
  public Round counted(Map<String, Long> sequences) {
    Map<String, Long> changed = new TreeMap<>(amounts);
    changed.putAll(sequences);
    return new Round(targets, changed, drawn, aggregatedStep);
  }

  /** Owners have given micro-batches, whether the step is committed or skipped. */
  public Round drew(Map<String, Long> microBatches) {
    return new Round(targets, amounts, sum(drawn, microBatches), aggregatedStep);
  }

  /** A step over so many targets of each owner is committed. */
  public Round trainedOn(Map<String, Long> stepTargets) {
    return new Round(sum(targets, stepTargets), amounts, drawn, aggregatedStep);
  }

  /** Weights are averaged after this many steps. */
  public Round aggregated(long step) {
    return new Round(Map.of(), amounts, drawn, step);
  }

  /** The next round bounds, counts and draws anew. */
  public Round ended() {
    return new Round(targets, Map.of(), Map.of(), aggregatedStep);
  }

  private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> sum = new TreeMap<>(one);
    other.forEach((owner, more) -> sum.merge(owner, more, Long::sum));
    return sum;
  }
}
