package dev.titanic.placement;

import java.util.Arrays;

/**
 * What the busiest client takes at least for one micro-batch of each owner: layer by layer the
 * least maximum over clients, when several stages may share a client for nothing. O(K N^2).
 */
final class LayeredBound {
  private final PlacementProblem problem;
  private final Occupancy occupancy;
  private final int[] owners;

  /**
   * @param occupancy with hosts for the fixed stages only
   */
  LayeredBound(PlacementProblem problem, Occupancy occupancy) {
    this.problem = problem;
    this.occupancy = occupancy;
    this.owners = problem.owners().stream().mapToInt(problem::client).toArray();
  }

  double seconds() {
    double first =
        Arrays.stream(owners)
            .mapToDouble(owner -> problem.compute().seconds(0, owner))
            .max()
            .orElseThrow();
    int clients = problem.offers().size();
    double[] best = new double[clients];
    for (int client = 0; client < clients; client++) {
      best[client] = Math.max(first, withOwners(client));
    }
    for (int stage = 1; stage <= problem.stages(); stage++) {
      double[] next = new double[clients];
      for (int client = 0; client < clients; client++) {
        next[client] =
            mayHost(stage, client)
                ? Math.max(computing(stage, client), least(best, stage, client))
                : Double.POSITIVE_INFINITY;
      }
      best = next;
    }
    if (problem.stages() == 0) {
      return first;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int client = 0; client < clients; client++) {
      least = Math.min(least, Math.max(best[client], withOwners(client)));
    }
    return least;
  }

  private boolean mayHost(int stage, int client) {
    int fixed = occupancy.hosts()[stage];
    return fixed == Occupancy.NOWHERE ? occupancy.fits(stage, client) : fixed == client;
  }

  private double computing(int stage, int client) {
    return owners.length * problem.compute().seconds(stage, client);
  }

  private double least(double[] before, int stage, int client) {
    if (stage == 1) {
      return before[client]; // the owners are before it, wherever it is
    }
    double least = Double.POSITIVE_INFINITY;
    for (int other = 0; other < before.length; other++) {
      if (before[other] < least) {
        double hop =
            owners.length * Math.max(busySeconds(other, client), busySeconds(client, other));
        least = Math.min(least, Math.max(before[other], hop));
      }
    }
    return least;
  }

  /** A client next to the owners exchanges a tensor with each, in both directions. */
  private double withOwners(int client) {
    double there = 0;
    double back = 0;
    for (int owner : owners) {
      there += busySeconds(client, owner);
      back += busySeconds(owner, client);
    }
    return Math.max(there, back);
  }

  private double busySeconds(int from, int to) {
    return problem.links().busySeconds(from, to);
  }
}
