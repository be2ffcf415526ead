package dev.titanic.placement;

/**
 * Minimises the predicted time of a step, see {@link PipelineTime}: the default at run time.
 *
 * <p>Exact as far as a search with bounds comes to an end, as it does with few clients; else the
 * best that local searches find, from the paper's assignment and from the placement with the
 * fastest slowest stage. Effort is counted, not timed, so that the same problem gets the same hosts
 * on every machine.
 */
public final class StepTimeSolver implements PlacementSolver {
  private final SearchEffort effort;

  public StepTimeSolver() {
    this(new SearchEffort(3_000_000, 4_000_000));
  }

  StepTimeSolver(SearchEffort effort) {
    this.effort = effort;
  }

  @Override
  public Solution solve(PlacementProblem problem) throws InfeasiblePlacement {
    OrTools.load();
    long started = System.nanoTime();
    Found best = search(problem);
    return Solution.of(problem, best.hosts(), best.cost(), started);
  }

  private Found search(PlacementProblem problem) throws InfeasiblePlacement {
    PlacementSearch search = new PlacementSearch(problem, new StepCost(problem), effort);
    Found best = search.descend(Start.of(problem));
    if (!problem.severalPerClient()) {
      int[] assigned = Start.hosts(problem, new AffinityFlowSolver().solve(problem));
      best = best.better(search.descend(assigned));
    }
    best = search.tryAll(best);
    if (search.triedAll()) {
      return best;
    }
    Found fastest = new SlowestStageSolver().search(problem, best.hosts());
    return search.explore(best.better(search.descend(fastest.hosts())));
  }
}
