package dev.titanic.placement;

/**
 * Searches the placements of a problem for a cheap one: local searches and a search with bounds,
 * each with its effort.
 */
final class PlacementSearch {
  private static final long SEED = 1;

  private final PlacementProblem problem;
  private final SearchCost cost;
  private final LocalSearch local;
  private final Effort exact;

  PlacementSearch(PlacementProblem problem, SearchCost cost, SearchEffort effort)
      throws InfeasiblePlacement {
    this.problem = problem;
    this.cost = cost;
    this.local =
        new LocalSearch(
            cost, new Effort(effort.local()), new Occupancy(problem), problem.offers().size());
    this.exact = new Effort(effort.exact());
  }

  /** A placement that no single move or swap improves, as far as the effort goes. */
  Found descend(int[] start) {
    return local.descend(start);
  }

  /** Tries all that may be better than the best so far; see {@link #triedAll}. */
  Found tryAll(Found best) throws InfeasiblePlacement {
    return new ExactSearch(cost, exact, new Occupancy(problem), problem.offers().size(), best)
        .search();
  }

  /** Whether the effort sufficed for all: then nothing is better than what was found. */
  boolean triedAll() {
    return !exact.isSpent();
  }

  /** Goes on from the best so far, for the rest of the local effort. */
  Found explore(Found best) {
    return local.explore(best, SEED);
  }
}
