package dev.titanic.placement;

import java.util.Random;
import java.util.stream.IntStream;

/**
 * A placement by chance, as a baseline: the largest partition goes to any client that has the
 * memory, the next to any that is left, and so on.
 *
 * <p>With one partition per client, all placements are equally likely: the clients that larger
 * partitions took had the memory for the smaller ones too, so that how many are left depends on no
 * choice. With several, a dead end begins again. The objective is the sum of affinities. Every call
 * on one instance draws anew.
 */
public final class RandomPlacement implements PlacementSolver {
  private static final int MOST_ATTEMPTS = 1000;

  private final Random random;

  public RandomPlacement(long seed) {
    this.random = new Random(seed);
  }

  @Override
  public Solution solve(PlacementProblem problem) throws InfeasiblePlacement {
    long started = System.nanoTime();
    int[] hosts = draw(problem);
    return Solution.of(problem, hosts, problem.affinity(hosts), started);
  }

  private int[] draw(PlacementProblem problem) throws InfeasiblePlacement {
    int attempts = problem.severalPerClient() ? MOST_ATTEMPTS : 1;
    for (int attempt = 1; ; attempt++) {
      Occupancy occupancy = new Occupancy(problem);
      int stuck = fill(problem, occupancy);
      if (stuck == Occupancy.NOWHERE) {
        return occupancy.hosts();
      }
      if (attempt == attempts) {
        throw occupancy.lack(stuck);
      }
    }
  }

  /** Returns the first stage that finds no room. */
  private int fill(PlacementProblem problem, Occupancy occupancy) {
    for (int stage : occupancy.free()) {
      int[] roomy =
          IntStream.range(0, problem.offers().size())
              .filter(client -> occupancy.fits(stage, client))
              .toArray();
      if (roomy.length == 0) {
        return stage;
      }
      occupancy.take(stage, roomy[random.nextInt(roomy.length)]);
    }
    return Occupancy.NOWHERE;
  }
}
