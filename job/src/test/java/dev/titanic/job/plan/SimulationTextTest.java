package dev.titanic.job.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.placement.Spread;
import dev.titanic.placement.simulation.SimulatedSelection;
import dev.titanic.placement.simulation.Strategy;
import dev.titanic.placement.simulation.StrategyTimes;
import dev.titanic.placement.simulation.Traffic;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SimulationTextTest {
  private static final SimulatedSelection FIGURE_5 =
      selection(
          Traffic.AS_IN_FIGURE_5,
          new StrategyTimes(Strategy.OPTIMAL, 0.88, new Spread(0.92, 0.034), new Spread(2, 0)));

  private static final SimulatedSelection ALL_TENSORS =
      selection(
          Traffic.ALL_TENSORS,
          new StrategyTimes(Strategy.OPTIMAL, 0.88, new Spread(9.5, 0.4), new Spread(2, 0.1)));

  private final String text =
      SimulationText.of(
          new Simulation(7, List.of(FIGURE_5), List.of(ALL_TENSORS), List.of(ALL_TENSORS)));

  @Test
  void hasThePapersTimesBesideBothOfOurs() {
    assertThat(text).containsPattern("Llama 2 7B +optimal +0.88 +0.92 \\(0.03\\) +9.50 \\(0.40\\)");
  }

  @Test
  void saysWhatTheTimesAreAndWhatAPartitionNeeds() {
    assertThat(text)
        .contains("T + D", "step of the pipeline", "5.12 GB", "26.2 MB", "drawn 100 times");
  }

  @Test
  void linesHaveAtMost100Characters() {
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  private static SimulatedSelection selection(Traffic traffic, StrategyTimes times) {
    return new SimulatedSelection(
        "Llama 2 7B", 4, traffic, 100, 5_120_000_000L, 26_214_400, List.of(times));
  }
}
