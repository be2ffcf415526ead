package dev.titanic.benchmarks;

import dev.titanic.placement.AffinityFlowSolver;
import dev.titanic.placement.AffinityKnapsackSolver;
import dev.titanic.placement.AffinityLpSolver;
import dev.titanic.placement.GreedyPlacement;
import dev.titanic.placement.InfeasiblePlacement;
import dev.titanic.placement.PlacementProblem;
import dev.titanic.placement.PlacementSolver;
import dev.titanic.placement.SlowestStageSolver;
import dev.titanic.placement.Solution;
import dev.titanic.placement.StepTimeSolver;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long solvers take to place stages on clients, over random problems: median, smallest and
 * largest of the thread's CPU time and of the wall's. Argument: problems of each size.
 */
public final class PlacementSolvers {
  private static final int PROBLEMS = 200;
  private static final Duration KNAPSACK_LIMIT = Duration.ofSeconds(1);

  /** Sizes with more clients get fewer problems: so many pairs of stage and client in all. */
  private static final int MOST_PAIRS = 20_000_000;

  private static final double MILLIS = 1e-6;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private PlacementSolvers() {}

  public static void main(String[] values) throws InfeasiblePlacement {
    int problems = Arguments.of(values).get(0, PROBLEMS);
    Machine.print(System.out);
    System.out.printf(
        "%-24s %12s %28s %28s%n", "solver", "clients", "CPU ms (least, most)", "ms (least, most)");
    measure("greedy", new GreedyPlacement(), 100, 32, problems, false);
    measure("min-cost flow", new AffinityFlowSolver(), 100, 32, problems, false);
    measure("min-cost flow", new AffinityFlowSolver(), 1_000, 128, problems, false);
    measure("min-cost flow", new AffinityFlowSolver(), 10_000, 128, problems, false);
    measure("GLOP", new AffinityLpSolver(), 100, 32, problems, false);
    PlacementSolver knapsack = new AffinityKnapsackSolver(KNAPSACK_LIMIT);
    measure("knapsack, CP-SAT", knapsack, 20, 8, problems / 4, true);
    measure("knapsack, CP-SAT", knapsack, 100, 32, problems / 40, true);
    measure("slowest stage", new SlowestStageSolver(), 8, 3, problems / 4, false);
    measure("slowest stage", new SlowestStageSolver(), 20, 8, problems / 40, false);
    measure("slowest stage", new SlowestStageSolver(), 100, 32, problems / 40, false);
    measure("step time", new StepTimeSolver(), 8, 3, problems / 4, false);
    measure("step time", new StepTimeSolver(), 20, 8, problems / 40, false);
    measure("step time", new StepTimeSolver(), 100, 32, problems / 40, false);
  }

  private static void measure(
      String name,
      PlacementSolver solver,
      int clients,
      int stages,
      int most,
      boolean severalPerClient)
      throws InfeasiblePlacement {
    int problems = Math.max(3, Math.min(most, MOST_PAIRS / (clients * stages)));
    List<Double> cpu = new ArrayList<>();
    List<Double> wall = new ArrayList<>();
    // The first half warms up.
    for (int round = -problems; round < problems; round++) {
      PlacementProblem problem =
          RandomPlacementProblem.draw(
              Math.floorMod(round, problems), clients, stages, severalPerClient);
      long before = THREADS.getCurrentThreadCpuTime();
      Solution solution = solver.solve(problem);
      long spent = THREADS.getCurrentThreadCpuTime() - before;
      if (round >= 0) {
        cpu.add(MILLIS * spent);
        wall.add(1e3 * solution.solveSeconds());
      }
    }
    System.out.printf(
        "%-24s %12s %28s %28s%n", name, clients + " x " + stages, spread(cpu), spread(wall));
  }

  private static String spread(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return "%.3f (%.3f, %.3f)"
        .formatted(sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
  }
}
