package dev.titanic.placement;

/**
 * The paper's baseline (section VI): the largest partition goes to the client with the shortest
 * transmission duration that has the memory, the next to the next, and so on.
 *
 * <p>With one partition per client it finds a placement whenever there is one: who has the memory
 * for a partition has it for every smaller one, so what went before leaves enough clients. The
 * objective is the sum of affinities.
 */
public final class GreedyPlacement implements PlacementSolver {
  @Override
  public Solution solve(PlacementProblem problem) throws InfeasiblePlacement {
    long started = System.nanoTime();
    Occupancy occupancy = new Occupancy(problem);
    for (int stage : occupancy.free()) {
      int best = nearest(problem, occupancy, stage);
      if (best == Occupancy.NOWHERE) {
        throw occupancy.lack(stage);
      }
      occupancy.take(stage, best);
    }
    int[] hosts = occupancy.hosts();
    return Solution.of(problem, hosts, problem.affinity(hosts), started);
  }

  private static int nearest(PlacementProblem problem, Occupancy occupancy, int stage) {
    int best = Occupancy.NOWHERE;
    for (int client = 0; client < problem.offers().size(); client++) {
      if (occupancy.fits(stage, client)
          && (best == Occupancy.NOWHERE
              || problem.transmissionSeconds(stage, client)
                  < problem.transmissionSeconds(stage, best))) {
        best = client;
      }
    }
    return best;
  }

  /**
   * What to throw when another solver found nothing, with one partition per client.
   *
   * @throws InfeasiblePlacement when there is nothing to find
   */
  static IllegalStateException noAnswer(PlacementProblem problem, String solver)
      throws InfeasiblePlacement {
    Solution solution = new GreedyPlacement().solve(problem);
    return new IllegalStateException(
        "%s found no placement where there is one: %s".formatted(solver, solution.hosts()));
  }
}
