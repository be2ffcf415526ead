package dev.titanic.placement;

import java.util.Random;

/**
 * Improves a placement by moving a stage to another client or swapping the hosts of two, until
 * neither helps; then kicks it a few moves away and begins again, as long as there is effort left.
 * Seeded and deterministic.
 */
final class LocalSearch {
  private static final int KICKS = 3;

  /** Improvements by less are rounding. */
  private static final double TOLERANCE = 1e-12;

  private final SearchCost cost;
  private final Effort effort;
  private final Occupancy occupancy;
  private final int clients;

  /**
   * @param occupancy is changed
   */
  LocalSearch(SearchCost cost, Effort effort, Occupancy occupancy, int clients) {
    this.cost = cost;
    this.effort = effort;
    this.occupancy = occupancy;
    this.clients = clients;
  }

  /** A placement that no single move or swap improves, as far as the effort goes. */
  Found descend(int[] start) {
    occupancy.replace(start);
    double best = cost.of(start);
    double before;
    do {
      before = best;
      for (int stage : occupancy.free()) {
        best = move(stage, best);
      }
      for (int one : occupancy.free()) {
        for (int other : occupancy.free()) {
          best = one < other ? swap(one, other, best) : best;
        }
      }
    } while (best < before && !effort.isSpent());
    return new Found(occupancy.hosts().clone(), best);
  }

  /** Begins from the best so far again and again. */
  Found explore(Found start, long seed) {
    Random random = new Random(seed);
    Found best = start;
    while (!effort.isSpent() && occupancy.free().length > 0) {
      occupancy.replace(best.hosts());
      for (int kick = 0; kick < KICKS; kick++) {
        kick(random);
      }
      Found found = descend(occupancy.hosts().clone());
      if (found.cost() < best.cost() * (1 - TOLERANCE)) {
        best = found;
      }
    }
    return best;
  }

  private void kick(Random random) {
    int[] free = occupancy.free();
    int stage = free[random.nextInt(free.length)];
    boolean moved = occupancy.tryMove(stage, random.nextInt(clients));
    if (!moved) {
      occupancy.trySwap(stage, free[random.nextInt(free.length)]);
    }
    effort.spend(1);
  }

  private double move(int stage, double best) {
    double least = best;
    for (int client = 0; client < clients && !effort.isSpent(); client++) {
      int host = occupancy.hosts()[stage];
      if (occupancy.tryMove(stage, client)) {
        double moved = cost(least);
        if (moved < least) {
          least = moved;
        } else {
          occupancy.release(stage);
          occupancy.take(stage, host);
        }
      }
    }
    return least;
  }

  private double swap(int one, int other, double best) {
    if (!effort.isSpent() && occupancy.trySwap(one, other)) {
      double swapped = cost(best);
      if (swapped < best) {
        return swapped;
      }
      occupancy.trySwap(one, other);
    }
    return best;
  }

  /** Infinite when it cannot be better than the best. */
  private double cost(double best) {
    int[] hosts = occupancy.hosts();
    double limit = best * (1 - TOLERANCE);
    effort.spend(hosts.length);
    if (cost.bound(hosts, hosts.length) >= limit) {
      return Double.POSITIVE_INFINITY;
    }
    effort.spend(cost.units());
    double found = cost.of(hosts);
    return found < limit ? found : Double.POSITIVE_INFINITY;
  }
}
