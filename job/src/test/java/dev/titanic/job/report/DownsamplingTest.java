package dev.titanic.job.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class DownsamplingTest {
  private final Downsampling downsampling = new Downsampling();

  @Test
  void keepsEveryStepWhileThereIsRoom() {
    for (long step = 1; step < Downsampling.CAPACITY; step++) {
      downsampling.add(step, 1.0 / step);
    }

    Curve curve = downsampling.curve("alice");
    assertThat(curve.name()).isEqualTo("alice");
    assertThat(curve.width()).isEqualTo(1);
    assertThat(curve.steps()).hasSize(Downsampling.CAPACITY - 1).startsWith(1L, 2L);
    assertThat(curve.means()).startsWith(1.0, 0.5, 0.333333);
    assertThat(curve.lows()).isEmpty();
    assertThat(curve.highs()).isEmpty();
  }

  @Test
  void unitesNeighboursWithTheirMeanAndRange() {
    long steps = 4L * Downsampling.CAPACITY;
    for (long step = 0; step < steps; step++) {
      downsampling.add(step, (double) (step % 4));
    }

    Curve curve = downsampling.curve("");
    assertThat(curve.width()).isEqualTo(4);
    assertThat(curve.steps()).hasSize(Downsampling.CAPACITY).startsWith(3L, 7L).endsWith(steps - 1);
    assertThat(curve.means()).containsOnly(1.5);
    assertThat(curve.lows()).containsOnly(0.0);
    assertThat(curve.highs()).containsOnly(3.0);
  }

  @Test
  void losesNoPeakInAMillionSteps() {
    for (long step = 1; step <= 1_000_000; step++) {
      downsampling.add(step, step == 777_777 ? 50 : 2);
    }

    Curve curve = downsampling.curve("");
    assertThat(curve.steps().size()).isBetween(Downsampling.CAPACITY / 2, Downsampling.CAPACITY);
    assertThat(curve.steps()).isSorted().endsWith(1_000_000L);
    assertThat(curve.highs()).contains(50.0);
    assertThat(curve.means()).allSatisfy(mean -> assertThat(mean).isCloseTo(2, within(0.1)));
  }

  @Test
  void leavesOutStepsOfOthers() {
    downsampling.add(5000, 1);
    downsampling.add(9000, 2);

    Curve curve = downsampling.curve("bob");
    assertThat(curve.steps()).containsExactly(5000L, 9000L);
    assertThat(curve.means()).containsExactly(1.0, 2.0);
    assertThat(curve.lows()).isEmpty();
  }
}
