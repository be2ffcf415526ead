package dev.titanic.placement.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SelectionExperimentTest {
  private static final long SEED = 7;
  private static final SelectionExperiment FIGURE_5 =
      new SelectionExperiment(
          SEED, 100, List.of(Strategy.OPTIMAL, Strategy.GREEDY, Strategy.RANDOM));

  @ParameterizedTest
  @EnumSource
  void theOptimumBeatsGreedyAndGreedyBeatsChance(SimulatedModel model) throws Exception {
    for (Traffic traffic : Traffic.values()) {
      SimulatedSelection selection = FIGURE_5.run(model, traffic);
      double optimal = selection.times(Strategy.OPTIMAL).distanceSeconds().mean();
      double greedy = selection.times(Strategy.GREEDY).distanceSeconds().mean();
      double random = selection.times(Strategy.RANDOM).distanceSeconds().mean();

      assertThat(optimal).as("%s", traffic).isLessThan(greedy);
      assertThat(greedy).as("%s", traffic).isLessThan(random);
    }
  }

  @ParameterizedTest
  @EnumSource
  void comesNearTheOptimumOfFigure5(SimulatedModel model) throws Exception {
    StrategyTimes optimum = FIGURE_5.run(model, Traffic.AS_IN_FIGURE_5).times(Strategy.OPTIMAL);

    assertThat(optimum.distanceSeconds().mean())
        .isCloseTo(requireNonNull(optimum.paperSeconds()), withinPercentage(10));
  }

  @Test
  void noStrategyHasAShorterStepThanTheOneThatMinimisesIt() throws Exception {
    SimulatedSelection selection =
        new SelectionExperiment(SEED, 1, List.of(Strategy.values()))
            .run(SimulatedModel.LLAMA_2_70B, Traffic.ALL_TENSORS);
    double shortest = selection.times(Strategy.STEP_TIME).stepSeconds().mean();

    assertThat(selection.times())
        .allSatisfy(
            times -> assertThat(times.stepSeconds().mean()).isGreaterThanOrEqualTo(shortest));
  }

  @Test
  void theSameSeedGivesTheSameTimes() throws Exception {
    assertThat(FIGURE_5.run(SimulatedModel.LLAMA_2_7B, Traffic.ALL_TENSORS))
        .isEqualTo(FIGURE_5.run(SimulatedModel.LLAMA_2_7B, Traffic.ALL_TENSORS));
  }

  @Test
  void theLargestModelFitsClientsOf8Gigabytes() throws Exception {
    SimulatedSelection selection = FIGURE_5.run(SimulatedModel.LLAMA_2_70B, Traffic.ALL_TENSORS);

    assertThat(selection.largestPartitionBytes()).isBetween(4_000_000_000L, 8_000_000_000L);
  }
}
