package dev.titanic.placement;

import java.util.Arrays;

/**
 * What the busiest client takes at least for one micro-batch: layer by layer the least maximum over
 * clients, when several stages may share a client for nothing. O(K N^2).
 */
final class LayeredBound {
  private final PlacementProblem problem;
  private final Occupancy occupancy;

  /**
   * @param occupancy with hosts for the fixed stages only
   */
  LayeredBound(PlacementProblem problem, Occupancy occupancy) {
    this.problem = problem;
    this.occupancy = occupancy;
  }

  double seconds() {
    int clients = problem.offers().size();
    int owner = occupancy.hosts()[0];
    double[] best = new double[clients];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    best[owner] = problem.compute().seconds(0, owner);
    for (int stage = 1; stage <= problem.stages(); stage++) {
      double[] next = new double[clients];
      for (int client = 0; client < clients; client++) {
        next[client] =
            mayHost(stage, client) ? least(best, stage, client) : Double.POSITIVE_INFINITY;
      }
      best = next;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int client = 0; client < clients; client++) {
      least = Math.min(least, Math.max(best[client], hop(client, owner)));
    }
    return least;
  }

  private boolean mayHost(int stage, int client) {
    int fixed = occupancy.hosts()[stage];
    return fixed == Occupancy.NOWHERE ? occupancy.fits(stage, client) : fixed == client;
  }

  private double least(double[] before, int stage, int client) {
    double compute = problem.compute().seconds(stage, client);
    double least = Double.POSITIVE_INFINITY;
    for (int other = 0; other < before.length; other++) {
      if (before[other] < least) {
        least = Math.min(least, Math.max(before[other], hop(other, client)));
      }
    }
    return Math.max(compute, least);
  }

  private double hop(int from, int to) {
    return Math.max(problem.links().busySeconds(from, to), problem.links().busySeconds(to, from));
  }
}
