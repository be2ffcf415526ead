package dev.titanic.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class SmoothedValueTest {
  private final SmoothedValue value = new SmoothedValue();

  @Test
  void aSlowFirstSampleDoesNotCount() {
    add(500, 10, 11, 10);

    assertThat(value.value()).isCloseTo(10.5, within(0.01));
  }

  @Test
  void anOutlierDoesNotCount() {
    add(10, 11, 9, 10, 11, 9, 10, 11, 9, 10);
    double before = value.value();

    add(500);

    assertThat(value.value()).isCloseTo(before, within(0.5));
  }

  @Test
  void aChangeThatLastsIsFollowed() {
    add(10, 11, 9, 10, 11, 9, 10, 11, 9, 10);
    for (int i = 0; i < 20; i++) {
      add(100);
    }

    assertThat(value.value()).isCloseTo(100, within(5.0));
  }

  @Test
  void theErrorIsThatOfTheEstimate() {
    Random random = new Random(1);
    double deviations = 0;
    double errors = 0;
    for (int i = 0; i < 10_000; i++) {
      add(100 + 10 * random.nextGaussian());
      deviations += Math.abs(value.value() - 100);
      errors += value.error();
    }

    assertThat(errors).isBetween(0.8 * deviations, 2 * deviations);
  }

  private void add(double... samples) {
    for (double sample : samples) {
      value.add(sample);
    }
  }
}
