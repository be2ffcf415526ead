package dev.titanic.placement;

/**
 * Minimises the seconds that the busiest client computes, sends or receives for one micro-batch of
 * each owner: what the pipeline's throughput depends on. From compute times per partition and links
 * per pair.
 *
 * <p>With few clients a search with bounds tries all. With more, a local search gives a placement
 * and a dynamic programme over layers a bound; between the two, a threshold search asks CP-SAT
 * whether all can be within a limit. Exact up to two millionths as far as the effort goes, which is
 * counted, not timed; with too many pairs of clients for CP-SAT, or with several owners at once,
 * the local search's answer is given.
 */
public final class SlowestStageSolver implements PlacementSolver {
  private static final double THRESHOLD_EFFORT = 0.5;
  private static final long MOST_TERMS = 400_000;

  /** Bisection down to this share of the best, then asking for anything better. */
  private static final double NEAR = 0.02;

  private static final double EFFORT_OF_ASKING = 0.001;

  private static final double TICKS = 1e6;

  private final SearchEffort effort;

  public SlowestStageSolver() {
    this(new SearchEffort(500_000, 2_000_000));
  }

  SlowestStageSolver(SearchEffort effort) {
    this.effort = effort;
  }

  @Override
  public Solution solve(PlacementProblem problem) throws InfeasiblePlacement {
    OrTools.load();
    long started = System.nanoTime();
    Found best = search(problem, Start.of(problem));
    return Solution.of(problem, best.hosts(), best.cost(), started);
  }

  /** Improves a placement. */
  Found search(PlacementProblem problem, int[] start) throws InfeasiblePlacement {
    PlacementSearch search = new PlacementSearch(problem, new SlowestCost(problem), effort);
    Found best = search.descend(start);
    Occupancy occupancy = new Occupancy(problem);
    double bound = new LayeredBound(problem, occupancy).seconds();
    if (isProven(best, bound)) {
      return best;
    }
    best = search.tryAll(best);
    if (search.triedAll()) {
      return best;
    }
    best = search.explore(best);
    return isProven(best, bound) || !LimitModel.models(problem, MOST_TERMS)
        ? best
        : lower(problem, occupancy, bound, best);
  }

  /** Asks for less and less, until there is proof that there is none. */
  private static Found lower(
      PlacementProblem problem, Occupancy occupancy, double firstBound, Found first) {
    SlowestCost cost = new SlowestCost(problem);
    double left = THRESHOLD_EFFORT;
    double bound = firstBound;
    Found best = first;
    while (left > 0 && !isProven(best, bound)) {
      double tick = best.cost() / TICKS;
      boolean isNear = best.cost() - bound < NEAR * best.cost();
      double limit = isNear ? best.cost() - tick : (bound + best.cost()) / 2;
      LimitModel.Answer answer =
          new LimitModel(problem, occupancy, tick, (long) Math.floor(limit / tick)).solve(left);
      left -= answer.effort() + EFFORT_OF_ASKING;
      if (answer.hosts() != null) {
        int[] hosts = answer.hosts().stream().mapToInt(Integer::intValue).toArray();
        Found found = new Found(hosts, cost.of(hosts));
        if (found.cost() >= best.cost()) {
          // Better by rounding only.
          return best;
        }
        best = found;
      } else if (answer.verdict() == LimitModel.Verdict.IMPOSSIBLE) {
        bound = limit;
      }
    }
    return best;
  }

  /** Whether nothing is better than the best by more than a tick. */
  private static boolean isProven(Found best, double bound) {
    return best.cost() * (1 - 2 / TICKS) <= bound;
  }
}
