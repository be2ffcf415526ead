package dev.titanic.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Where nobody can try all placements, solvers must agree with each other. */
final class LargePlacementsTest {
  private static final double TOLERANCE = 1e-6;

  @Test
  void flowProgramAndKnapsackAgreeOnHundredClients() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      PlacementProblem problem = problem(seed, 100, 32);
      double flow = new AffinityFlowSolver().solve(problem).objective();

      // The program refuses an answer that is not integral.
      assertThat(new AffinityLpSolver().solve(problem).objective())
          .as("seed %d", seed)
          .isCloseTo(flow, within(TOLERANCE * flow));
      assertThat(new GreedyPlacement().solve(problem).objective()).isLessThanOrEqualTo(flow);
    }
    PlacementProblem problem = problem(1, 100, 32);
    double flow = new AffinityFlowSolver().solve(problem).objective();
    assertThat(new AffinityKnapsackSolver(Duration.ofSeconds(20)).solve(problem).objective())
        .isCloseTo(flow, within(TOLERANCE * flow));
  }

  @Test
  void flowAndProgramAgreeOnAThousandClients() throws Exception {
    PlacementProblem problem = problem(5, 1_000, 64);
    double flow = new AffinityFlowSolver().solve(problem).objective();

    assertThat(new AffinityLpSolver().solve(problem).objective())
        .isCloseTo(flow, within(TOLERANCE * flow));
  }

  @Test
  void severalPartitionsPerClientAreAtLeastAsGoodAsOne() throws Exception {
    PlacementProblem one = problem(3, 20, 6);
    PlacementProblem several = new RandomProblem(3, 20, 6).scarcity(0.4).severalPerClient().draw();

    assertThat(new AffinityKnapsackSolver(Duration.ofSeconds(5)).solve(several).objective())
        .isGreaterThanOrEqualTo(new AffinityFlowSolver().solve(one).objective() * (1 - TOLERANCE));
  }

  @Test
  void stepIsShorterThanWithThePapersAssignment() throws Exception {
    for (int seed = 0; seed < 3; seed++) {
      PlacementProblem problem = problem(seed, 30, 8);
      double step = new StepTimeSolver().solve(problem).stepSeconds();

      assertThat(step)
          .as("seed %d", seed)
          .isLessThanOrEqualTo(new AffinityFlowSolver().solve(problem).stepSeconds())
          .isLessThanOrEqualTo(new GreedyPlacement().solve(problem).stepSeconds())
          .isEqualTo(new StepTimeSolver().solve(problem).stepSeconds());
    }
  }

  @Test
  void localSearchesComeCloseToTheOptimum() throws Exception {
    for (int seed = 0; seed < 10; seed++) {
      PlacementProblem problem = new RandomProblem(seed, 7, 4).scarcity(0.1).draw();
      double exact = new StepTimeSolver().solve(problem).stepSeconds();

      assertThat(new StepTimeSolver(new SearchEffort(0, 100_000)).solve(problem).stepSeconds())
          .as("seed %d", seed)
          .isBetween(exact * (1 - TOLERANCE), exact * 1.05);
    }
  }

  @Test
  void threadsMaySolveAtOnce() throws Exception {
    PlacementProblem problem = problem(2, 50, 10);
    List<String> expected = new AffinityFlowSolver().solve(problem).hosts();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<List<String>> task = () -> new AffinityFlowSolver().solve(problem).hosts();
      List<Callable<List<String>>> tasks = new ArrayList<>(List.of(task, task, task, task));
      for (Future<List<String>> hosts : threads.invokeAll(tasks)) {
        assertThat(hosts.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static PlacementProblem problem(long seed, int clients, int stages) {
    return new RandomProblem(seed, clients, stages).scarcity(0.4).draw();
  }
}
