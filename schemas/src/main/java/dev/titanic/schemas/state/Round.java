package dev.titanic.schemas.state;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the coordinator knows about a round of several owners at once. Empty when owners take turns.
 *
 * @param targets next-token targets that each owner has trained on since the owners' weights were
 *     last averaged: its share in the next average
 * @param drawn micro-batches that each owner has given in this round
 * @param aggregatedStep the last step after which weights were averaged, 0 for none
 */
public record Round(Map<String, Long> targets, Map<String, Long> drawn, long aggregatedStep) {
  public static final Round FRESH = new Round(Map.of(), Map.of(), 0);

  public Round {
    targets = Collections.unmodifiableSortedMap(new TreeMap<>(targets));
    drawn = Collections.unmodifiableSortedMap(new TreeMap<>(drawn));
  }

  /** Owners have given micro-batches, whether the step is committed or skipped. */
  public Round drew(Map<String, Long> microBatches) {
    return new Round(targets, sum(drawn, microBatches), aggregatedStep);
  }

  /** A step over so many targets of each owner is committed. */
  public Round trainedOn(Map<String, Long> stepTargets) {
    return new Round(sum(targets, stepTargets), drawn, aggregatedStep);
  }

  /** Weights are averaged after this many steps. */
  public Round aggregated(long step) {
    return new Round(Map.of(), drawn, step);
  }

  /** The next round draws anew. */
  public Round ended() {
    return new Round(targets, Map.of(), aggregatedStep);
  }

  private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> sum = new TreeMap<>(one);
    other.forEach((owner, more) -> sum.merge(owner, more, Long::sum));
    return sum;
  }
}
