package dev.titanic.placement;

/**
 * Minimises the seconds that the busiest client computes, sends or receives for one micro-batch:
 * what the pipeline's throughput depends on. From compute times per partition and links per pair.
 *
 * <p>A local search gives a placement, a dynamic programme over layers a bound; between the two, a
 * threshold search asks CP-SAT whether all can be within a limit. Exact up to a millionth as far as
 * the effort goes, which is counted, not timed; with too many pairs of clients for CP-SAT the local
 * search's answer is given.
 */
public final class SlowestStageSolver implements PlacementSolver {
  private static final long LOCAL_EFFORT = 3_000_000;
  private static final double THRESHOLD_EFFORT = 2;
  private static final long MOST_TERMS = 400_000;
  private static final long SEED = 1;

  /** Bisection down to this share of the best, then asking for anything better. */
  private static final double NEAR = 0.02;

  private static final double TICKS = 1e6;

  @Override
  public Solution solve(PlacementProblem problem) throws InfeasiblePlacement {
    OrTools.load();
    long started = System.nanoTime();
    Found best = search(problem, Start.of(problem));
    return Solution.of(problem, best.hosts(), best.cost(), started);
  }

  /** Improves a placement. */
  static Found search(PlacementProblem problem, int[] start) throws InfeasiblePlacement {
    LocalSearch local =
        new LocalSearch(
            new SlowestCost(problem),
            new Effort(LOCAL_EFFORT),
            new Occupancy(problem),
            problem.offers().size());
    Found best = local.descend(start);
    Occupancy occupancy = new Occupancy(problem);
    double bound = new LayeredBound(problem, occupancy).seconds();
    if (isNear(bound, best, 1)) {
      return best;
    }
    best = local.explore(best, SEED);
    return isNear(bound, best, 1) || LimitModel.size(problem) > MOST_TERMS
        ? best
        : lower(problem, occupancy, bound, best);
  }

  private static Found lower(
      PlacementProblem problem, Occupancy occupancy, double firstBound, Found first) {
    SlowestCost cost = new SlowestCost(problem);
    double tick = first.cost() / TICKS;
    double left = THRESHOLD_EFFORT;
    double bound = firstBound;
    Found best = first;
    while (left > 0 && !isNear(bound, best, 1)) {
      double limit =
          isNear(bound, best, NEAR * TICKS) ? best.cost() - tick : (bound + best.cost()) / 2;
      LimitModel.Answer answer =
          new LimitModel(problem, occupancy, tick, (long) Math.floor(limit / tick)).solve(left);
      left -= answer.effort();
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
      } else {
        return best;
      }
    }
    return best;
  }

  private static boolean isNear(double bound, Found best, double ticks) {
    return best.cost() * (1 - ticks / TICKS) <= bound;
  }
}
