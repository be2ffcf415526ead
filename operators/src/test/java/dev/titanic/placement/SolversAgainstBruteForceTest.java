package dev.titanic.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every solver on small problems, those without a placement too. */
final class SolversAgainstBruteForceTest {
  private static final int PROBLEMS = 24;
  private static final int CLIENTS = 6;
  private static final int MOST_STAGES = 4;
  private static final double TOLERANCE = 3e-6;

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void flowMaximisesAffinities(int fixed) {
    compare(new AffinityFlowSolver(), affinity(), shape -> shape.scarcity(0.7).fixedStages(fixed));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void linearProgramMaximisesAffinities(int fixed) {
    compare(new AffinityLpSolver(), affinity(), shape -> shape.scarcity(0.7).fixedStages(fixed));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.6, 0.9})
  void knapsackMaximisesAffinitiesWithSeveralPartitionsPerClient(double scarcity) {
    compare(
        new AffinityKnapsackSolver(Duration.ofSeconds(20)),
        affinity(),
        shape -> shape.severalPerClient().scarcity(scarcity).fixedStages(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void knapsackAlsoSolvesTheAssignment(int fixed) {
    compare(
        new AffinityKnapsackSolver(Duration.ofSeconds(20)),
        affinity(),
        shape -> shape.scarcity(0.7).fixedStages(fixed));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void slowestStageIsAsFastAsItCanBe(int fixed) {
    SlowestStageSolver solver = new SlowestStageSolver();
    compare(solver, slowest(), shape -> shape.scarcity(0.7).fixedStages(fixed));
    compare(solver, slowest(), shape -> several(shape).fixedStages(fixed));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void thresholdSearchFindsTheFastestSlowestStage(int fixed) {
    SlowestStageSolver solver = new SlowestStageSolver(new SearchEffort(0, 1));
    compare(solver, slowest(), shape -> shape.scarcity(0.7).fixedStages(fixed));
    compare(solver, slowest(), shape -> several(shape).fixedStages(fixed));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void stepIsAsShortAsItCanBe(int fixed) {
    StepTimeSolver solver = new StepTimeSolver();
    compare(solver, step(), shape -> shape.scarcity(0.7).fixedStages(fixed));
    compare(solver, step(), shape -> several(shape).fixedStages(fixed));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void stepOfOwnersAtOnceIsAsShortAsItCanBe(int owners) {
    StepTimeSolver solver = new StepTimeSolver();
    compare(solver, step(), shape -> shape.scarcity(0.7).owners(owners));
    compare(solver, step(), shape -> several(shape).owners(owners));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void slowestStageOfOwnersAtOnceIsAsFastAsItCanBe(int owners) {
    SlowestStageSolver solver = new SlowestStageSolver();
    compare(solver, slowest(), shape -> shape.scarcity(0.7).owners(owners));
    compare(solver, slowest(), shape -> several(shape).owners(owners));
  }

  private static RandomProblem several(RandomProblem shape) {
    return shape.severalPerClient().scarcity(0.5);
  }

  private interface Objective {
    /** What is least for the best hosts. */
    ToDoubleFunction<int[]> of(PlacementProblem problem);
  }

  private static Objective affinity() {
    return problem -> hosts -> -problem.affinity(hosts);
  }

  private static Objective slowest() {
    return problem -> new SlowestCost(problem)::of;
  }

  private static Objective step() {
    return problem -> new PipelineTime(problem)::seconds;
  }

  private static void compare(
      PlacementSolver solver, Objective objective, UnaryOperator<RandomProblem> shape) {
    int feasible = 0;
    for (int seed = 0; seed < PROBLEMS; seed++) {
      PlacementProblem problem =
          shape.apply(new RandomProblem(seed, CLIENTS, 1 + seed % MOST_STAGES)).draw();
      ToDoubleFunction<int[]> cost = objective.of(problem);
      OptionalDouble least = BruteForce.least(problem, cost);
      if (least.isEmpty()) {
        assertThatThrownBy(() -> solver.solve(problem))
            .as("seed %d", seed)
            .isInstanceOf(InfeasiblePlacement.class);
        continue;
      }
      feasible++;
      int[] hosts = hosts(solver, problem, seed);
      assertThat(cost.applyAsDouble(hosts))
          .as("seed %d", seed)
          .isCloseTo(least.getAsDouble(), within(TOLERANCE * Math.abs(least.getAsDouble())));
      assertThat(BruteForce.placements(problem)).as("seed %d", seed).contains(hosts);
    }
    assertThat(feasible).isGreaterThan(PROBLEMS / 4);
  }

  private static int[] hosts(PlacementSolver solver, PlacementProblem problem, int seed) {
    try {
      return Start.hosts(problem, solver.solve(problem));
    } catch (InfeasiblePlacement e) {
      throw new AssertionError("seed " + seed + " has a placement", e);
    }
  }
}
