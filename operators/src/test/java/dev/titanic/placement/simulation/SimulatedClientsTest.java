package dev.titanic.placement.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.placement.Offer;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The distributions of the paper's figure 5. */
final class SimulatedClientsTest {
  private static final List<Offer> CLIENTS = SimulatedClients.draw(10_000, new Random(7));

  @Test
  void memoryIsOneOfSixSizes() {
    assertThat(CLIENTS)
        .extracting(client -> client.memoryBytes() / 1e9)
        .containsOnly(4.0, 8.0, 12.0, 16.0, 20.0, 24.0);
    assertThat(CLIENTS.stream().mapToDouble(client -> client.memoryBytes() / 1e9).average())
        .hasValueCloseTo(12.0, within(0.5));
  }

  @Test
  void bandwidthIsAbove0AndAtMost100Megabits() {
    DoubleSummaryStatistics megabits =
        CLIENTS.stream()
            .mapToDouble(client -> client.bytesPerSecond() * 8 / 1e6)
            .summaryStatistics();

    assertThat(megabits.getMin()).isGreaterThanOrEqualTo(1);
    assertThat(megabits.getMax()).isLessThanOrEqualTo(100);
    assertThat(megabits.getAverage()).isCloseTo(50, within(1.0));
  }

  @Test
  void computationIs5To80Teraflops() {
    DoubleSummaryStatistics teraflops =
        CLIENTS.stream().mapToDouble(client -> client.flops() / 1e12).summaryStatistics();

    assertThat(teraflops.getMin()).isGreaterThanOrEqualTo(5);
    assertThat(teraflops.getMax()).isLessThanOrEqualTo(80);
    assertThat(teraflops.getAverage()).isCloseTo(41, within(1.5));
  }
}
