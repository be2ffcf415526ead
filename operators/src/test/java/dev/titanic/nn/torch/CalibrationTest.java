package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.nn.ComputeDevice;
import org.junit.jupiter.api.Test;

final class CalibrationTest {
  private static final double SLOWEST_PROCESSOR = 1e8;

  @Test
  void measuresWithoutAnybodyElseHavingLoadedTheEngine() {
    assertThat(Calibration.flops(ComputeDevice.CPU)).isGreaterThan(SLOWEST_PROCESSOR).isFinite();
  }

  @Test
  void measuresOnce() {
    assertThat(Calibration.flops(ComputeDevice.CPU))
        .isEqualTo(Calibration.flops(ComputeDevice.CPU));
  }
}
