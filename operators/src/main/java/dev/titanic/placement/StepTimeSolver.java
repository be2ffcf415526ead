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
  private static final long EXACT_EFFORT = 3_000_000;
  private static final long LOCAL_EFFORT = 4_000_000;
  private static final long SEED = 1;

  private final long exactEffort;
  private final long localEffort;

  public StepTimeSolver() {
    this(EXACT_EFFORT, LOCAL_EFFORT);
  }

  /**
   * @param exactEffort of the search with bounds
   * @param localEffort of the local searches
   */
  StepTimeSolver(long exactEffort, long localEffort) {
    this.exactEffort = exactEffort;
    this.localEffort = localEffort;
  }

  @Override
  public Solution solve(PlacementProblem problem) throws InfeasiblePlacement {
    OrTools.load();
    long started = System.nanoTime();
    Found best = search(problem);
    return Solution.of(problem, best.hosts(), best.cost(), started);
  }

  private Found search(PlacementProblem problem) throws InfeasiblePlacement {
    StepCost cost = new StepCost(problem);
    int clients = problem.offers().size();
    LocalSearch local =
        new LocalSearch(cost, new Effort(localEffort), new Occupancy(problem), clients);
    int[] start = Start.of(problem);
    Found best = local.descend(start);
    if (!problem.severalPerClient()) {
      best =
          best.better(local.descend(Start.hosts(problem, new AffinityFlowSolver().solve(problem))));
    }
    Effort effort = new Effort(exactEffort);
    best = new ExactSearch(cost, effort, new Occupancy(problem), clients, best).search();
    if (!effort.isSpent()) {
      return best;
    }
    Found fastest = new SlowestStageSolver().search(problem, best.hosts());
    best = best.better(local.descend(fastest.hosts()));
    return local.explore(best, SEED);
  }
}
