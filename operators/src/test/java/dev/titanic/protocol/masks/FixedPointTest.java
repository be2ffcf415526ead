package dev.titanic.protocol.masks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FixedPointTest {

  @Test
  void isOffByHalfAUnitAtMost() {
    FixedPoint fixedPoint = new FixedPoint(2);
    for (double value : new double[] {0, 1e-12, -1e-9, 1.0 / 3, -12345.678, 3e7}) {
      assertThat(fixedPoint.of(value) * 0x1p-36 - value).isBetween(-0x1p-37, 0x1p-37);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void theLargestSumDoesNotWrap(int owners) {
    FixedPoint fixedPoint = new FixedPoint(owners);

    assertThat(Math.multiplyExact(fixedPoint.of(fixedPoint.limit()), owners))
        .isLessThanOrEqualTo((1L << 62) + owners);
    assertThat(Math.multiplyExact(fixedPoint.of(-fixedPoint.limit()), owners))
        .isGreaterThanOrEqualTo(-(1L << 62) - owners);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1e300, 0x1.000001p25})
  void refusesWhatCannotBeSummed(double value) {
    FixedPoint fixedPoint = new FixedPoint(2);

    assertThat(fixedPoint.holds(Math.abs(value))).isFalse();
    assertThatThrownBy(() -> fixedPoint.of(value))
        .isInstanceOf(MaskException.class)
        .hasMessageContaining("2 owners")
        .hasMessageNotContaining("" + value);
  }

  @Test
  void turnsSumsBackOnce() {
    FixedPoint fixedPoint = new FixedPoint(3);
    long sum = fixedPoint.of(0.1) + fixedPoint.of(0.2) + fixedPoint.of(-0.05);

    assertThat(FixedPoint.toFloat(sum)).isEqualTo(0.25f);
  }
}
