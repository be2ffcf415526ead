package dev.titanic.placement;

import java.util.Arrays;
import java.util.List;

/**
 * Who hosts what.
 *
 * @param hosts client of each partition, the owner first
 * @param objective what the solver maximised or minimised, in its own unit
 * @param stepSeconds predicted time of a step, see {@link PipelineTime}
 * @param solveSeconds time that the solver took, this prediction and loading OR-Tools apart
 */
public record Solution(
    List<String> hosts, double objective, double stepSeconds, double solveSeconds) {
  private static final double NANOS = 1e9;

  public Solution {
    hosts = List.copyOf(hosts);
  }

  /**
   * @param hosts index of each partition's client
   * @param started by {@link System#nanoTime}
   */
  static Solution of(PlacementProblem problem, int[] hosts, double objective, long started) {
    double solveSeconds = (System.nanoTime() - started) / NANOS;
    return new Solution(
        Arrays.stream(hosts).mapToObj(host -> problem.offers().get(host).client()).toList(),
        objective,
        new PipelineTime(problem).seconds(hosts),
        solveSeconds);
  }
}
