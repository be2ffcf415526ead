package dev.titanic.placement;

import java.time.Duration;
import java.util.List;

/** A placement to begin a search with. */
final class Start {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private Start() {}

  /**
   * @throws InfeasiblePlacement when there is none
   */
  static int[] of(PlacementProblem problem) throws InfeasiblePlacement {
    Occupancy occupancy = new Occupancy(problem);
    Packing packing = Packing.of(problem, Candidates.all(problem, occupancy));
    if (packing.isComplete()) {
      return packing.hosts();
    }
    if (!problem.severalPerClient()) {
      throw packing.lack();
    }
    return hosts(problem, new AffinityKnapsackSolver(LIMIT).solve(problem));
  }

  static int[] hosts(PlacementProblem problem, Solution solution) {
    List<String> hosts = solution.hosts();
    return hosts.stream().mapToInt(problem::client).toArray();
  }
}
