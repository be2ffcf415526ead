package dev.titanic.nn.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ShapeProgramTest {
  /** 8 x 16 numbers. */
  private static final long X = 8 * 16 * 4;

  /** A weight from 16 to 32, and what it makes of X. */
  private static final long W = 32 * 16 * 4;

  private static final long Y = 2 * X;

  @Test
  void aLinearKeepsItsInputForTheGradientOfItsWeight() {
    PassCost cost = cost("torch.linear(x, w)", x(true), w(true));

    assertThat(cost.kept()).isEqualTo(X);
    assertThat(cost.forwardPeak()).isEqualTo(X + Y);
    // Gradients of the result, of the input, and of the weight before it is added.
    assertThat(cost.backwardPeak()).isEqualTo(X + Y + X + W);
    assertThat(cost.forwardFlops()).isEqualTo(2.0 * 8 * 16 * 32);
    assertThat(cost.backwardFlops()).isEqualTo(2 * cost.forwardFlops());
  }

  @Test
  void aFrozenLinearKeepsNothing() {
    PassCost cost = cost("torch.linear(x, w)", x(true), w(false));

    assertThat(cost.kept()).isZero();
    assertThat(cost.backwardPeak()).isEqualTo(Y + X);
    assertThat(cost.backwardFlops()).isEqualTo(cost.forwardFlops());
  }

  @Test
  void whatNeedsNoGradientKeepsNothing() {
    assertThat(cost("torch.silu(torch.linear(x, w))", x(false), w(false)).kept()).isZero();
  }

  @Test
  void whatIsSavedTwiceIsKeptOnce() {
    assertThat(cost("torch.mul(torch.silu(x), torch.gelu(x))", x(true), w(true)).kept())
        .isEqualTo(3 * X); // x for both activations, and their results for the product
  }

  @Test
  void viewsKeepNothingOfTheirOwn() {
    assertThat(
            cost("torch.silu(torch.reshape(torch.transpose(x, 0, 1), [4, 4, 8]))", x(true), w(true))
                .kept())
        .isEqualTo(X);
  }

  @Test
  void aReshapeThatNoViewCanSayIsACopy() {
    assertThat(
            cost("torch.silu(torch.reshape(torch.transpose(x, 0, 1), [-1]))", x(true), w(true))
                .forwardPeak())
        .isEqualTo(3 * X); // x, which the caller holds, its copy, and the result
  }

  @Test
  void whatIsNotNeededAnyMoreIsFreed() {
    assertThat(
            cost("torch.neg(torch.neg(torch.neg(torch.neg(x))))", x(true), w(true)).forwardPeak())
        .isEqualTo(3 * X);
  }

  @Test
  void choosesTheBranchThatTrainingTakes() {
    ShapeProgram program =
        ShapeProgram.of(
            """
            def main(self, x: Tensor, noise: List[Generator]) -> Tensor:
              if torch.gt(torch.len(noise), 0):
                y = torch.mul(x, torch.bernoulli_(torch.empty_like(x), 0.9, generator=noise[0]))
              else:
                y = x
              return y
            """);

    assertThat(program.run("main", x(true), Value.noise()).cost().kept()).isEqualTo(X);
    assertThat(program.run("main", x(true), Value.tensors(List.of())).cost().kept()).isZero();
  }

  @Test
  void takesListsApartAndRunsLoops() {
    ShapeProgram program =
        ShapeProgram.of(
            """
            def main(self, x: Tensor) -> List[Tensor]:
              left, right, = torch.chunk(x, 2, -1)
              y = left
              for i in [1, 2, 3]:
                y = torch.relu(y)
              return [y, right]
            """);

    assertThat(program.run("main", x(true)).resultBytes()).isEqualTo(X);
    assertThat(program.run("main", x(true)).cost().kept()).isEqualTo(3 * X / 2);
  }

  @Test
  void refusesAnOperationThatIsNotKnown() {
    assertThatThrownBy(() -> cost("torch.fold(x, w)", x(true), w(true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("torch.fold");
  }

  private static PassCost cost(String expression, Phantom x, Phantom w) {
    String source = "def main(self, x: Tensor, w: Tensor) -> Tensor:\n  return " + expression;
    return ShapeProgram.of(source).run("main", x, w).cost();
  }

  private static Phantom x(boolean needsGradient) {
    return Phantom.input(NumberType.FLOAT32, List.of(8L, 16L), needsGradient);
  }

  private static Phantom w(boolean isTrained) {
    return Phantom.lasting(NumberType.FLOAT32, List.of(32L, 16L), isTrained);
  }
}
