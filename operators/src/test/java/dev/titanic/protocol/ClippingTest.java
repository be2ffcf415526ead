package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.schemas.edge.SquaredNorms;
import org.junit.jupiter.api.Test;

final class ClippingTest {

  @Test
  void clipsTheNormOfTheMeanAsPyTorchDoes() {
    // torch.nn.utils.clip_grad_norm_([3, 4], 1.0) multiplies by 1 / (5 + 1e-6).
    Clipping clipping = Clipping.of(SquaredNorms.of(900, 1600), 10, 1.0);
    assertThat(clipping.gradientNorm()).isEqualTo(5);
    assertThat(clipping.coefficient()).isCloseTo(1 / (5 + 1e-6), within(1e-15));
    assertThat(clipping.factor()).isCloseTo(clipping.coefficient() / 10, within(1e-18));
  }

  @Test
  void leavesShortGradientsAlone() {
    assertThat(Clipping.of(SquaredNorms.of(25), 10, 1.0).coefficient()).isEqualTo(1);
  }

  @Test
  void zeroTurnsItOff() {
    assertThat(Clipping.of(SquaredNorms.of(1e12), 1, 0).coefficient()).isEqualTo(1);
  }

  @Test
  void refusesAStepWithoutTargets() {
    assertThatThrownBy(() -> Clipping.of(SquaredNorms.of(1), 0, 1))
        .isInstanceOf(ProtocolException.class);
  }
}
