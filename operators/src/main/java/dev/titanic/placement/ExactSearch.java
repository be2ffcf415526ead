package dev.titanic.placement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Tries all placements, stage by stage, and leaves out those that a bound says are not better than
 * the best so far. Exact unless the effort is spent before.
 */
final class ExactSearch {
  /** Improvements by less are rounding. */
  private static final double TOLERANCE = 1e-12;

  private final SearchCost cost;
  private final Effort effort;
  private final Occupancy occupancy;
  private final int clients;
  private Found best;

  /**
   * @param occupancy is changed
   */
  ExactSearch(SearchCost cost, Effort effort, Occupancy occupancy, int clients, Found incumbent) {
    this.cost = cost;
    this.effort = effort;
    this.occupancy = occupancy;
    this.clients = clients;
    this.best = incumbent;
  }

  Found search() {
    for (int stage : occupancy.free()) {
      if (occupancy.hosts()[stage] != Occupancy.NOWHERE) {
        occupancy.release(stage);
      }
    }
    place(1);
    return best;
  }

  private void place(int stage) {
    int[] hosts = occupancy.hosts();
    if (stage == hosts.length) {
      effort.spend(cost.units());
      double found = cost.of(hosts);
      if (isBetter(found)) {
        best = new Found(hosts.clone(), found);
      }
    } else if (hosts[stage] != Occupancy.NOWHERE) {
      if (isBetter(cost.bound(hosts, stage + 1))) {
        place(stage + 1);
      }
    } else {
      branch(stage);
    }
  }

  /** The most promising client first. */
  private void branch(int stage) {
    int[] hosts = occupancy.hosts();
    double[] bounds = new double[clients];
    Arrays.fill(bounds, Double.POSITIVE_INFINITY);
    for (int client = 0; client < clients; client++) {
      if (occupancy.fits(stage, client)) {
        occupancy.take(stage, client);
        bounds[client] = cost.bound(hosts, stage + 1);
        occupancy.release(stage);
        effort.spend(stage);
      }
    }
    IntStream.range(0, clients)
        .filter(client -> isBetter(bounds[client]))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer client) -> bounds[client]))
        .forEach(client -> place(stage, client, bounds[client]));
  }

  private void place(int stage, int client, double bound) {
    if (isBetter(bound) && !effort.isSpent()) {
      occupancy.take(stage, client);
      place(stage + 1);
      occupancy.release(stage);
    }
  }

  private boolean isBetter(double other) {
    return other < best.cost() * (1 - TOLERANCE);
  }
}
