package dev.titanic.placement;

import java.util.List;

/**
 * What is to be decided on.
 *
 * @param epoch of the placement that holds
 * @param step committed steps
 * @param remainingSteps of the run
 * @param problem with all that is known of the clients
 * @param hosts client of every partition, the owner first
 * @param measuredSteps under this placement
 * @param uncertainty standard error of the seconds of a step with these hosts
 */
public record Situation(
    long epoch,
    long step,
    long remainingSteps,
    PlacementProblem problem,
    List<String> hosts,
    long measuredSteps,
    double uncertainty) {
  /** First steps are slow, and one alone says nothing. */
  static final long FEWEST_STEPS = 3;

  public Situation {
    hosts = List.copyOf(hosts);
  }
}
