package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.protocol.LearningRate.Shape;
import org.junit.jupiter.api.Test;

/** Expected values: transformers' get_*_schedule_with_warmup with warm-up 2 of 10 steps, rate 1. */
final class LearningRateTest {

  @Test
  void warmsUpFromZero() {
    for (Shape shape : Shape.values()) {
      LearningRate rate = new LearningRate(shape, 1, 2, 10);
      assertThat(rate.at(0)).isZero();
      assertThat(rate.at(1)).isEqualTo(0.5);
      assertThat(rate.at(2)).isEqualTo(1);
    }
  }

  @Test
  void linearEndsAtZero() {
    LearningRate rate = new LearningRate(Shape.LINEAR, 1, 2, 10);
    assertThat(rate.at(4)).isEqualTo(0.75);
    assertThat(rate.at(9)).isEqualTo(0.125);
    assertThat(rate.at(10)).isZero();
  }

  @Test
  void cosineIsHalfACosine() {
    LearningRate rate = new LearningRate(Shape.COSINE, 1, 2, 10);
    assertThat(rate.at(4)).isCloseTo(0.8535533905932737, within(1e-15));
    assertThat(rate.at(6)).isCloseTo(0.5, within(1e-15));
    assertThat(rate.at(9)).isCloseTo(0.03806023374435663, within(1e-15));
  }

  @Test
  void constantStays() {
    assertThat(LearningRate.constant(3e-4).at(0)).isEqualTo(3e-4);
    assertThat(LearningRate.constant(3e-4).at(1_000_000)).isEqualTo(3e-4);
  }
}
