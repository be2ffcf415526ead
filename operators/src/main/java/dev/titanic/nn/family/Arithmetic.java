package dev.titanic.nn.family;

import dev.titanic.nn.ComputeType;

/**
 * How a program multiplies, as methods that submodules and families call: {@code linear(x, weight)}
 * and {@code linear_biased(x, weight, bias)}, and {@code narrow(x)} and {@code widen(x)} around
 * whatever else may compute in the narrow type.
 */
final class Arithmetic {
  private static final String FLOAT32 =
      """
      def narrow(self, x: Tensor) -> Tensor:
        return x

      def widen(self, x: Tensor) -> Tensor:
        return x

      def linear(self, x: Tensor, weight: Tensor) -> Tensor:
        return torch.linear(x, weight)

      def linear_biased(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        return torch.linear(x, weight, bias)
      """;

  /** A weight that is narrow already is not copied. */
  private static final String BFLOAT16 =
      """
      def narrow(self, x: Tensor) -> Tensor:
        return torch.to(x, 15)

      def widen(self, x: Tensor) -> Tensor:
        return torch.to(x, 6)

      def linear(self, x: Tensor, weight: Tensor) -> Tensor:
        return self.widen(torch.linear(self.narrow(x), self.narrow(weight)))

      def linear_biased(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        product = torch.linear(self.narrow(x), self.narrow(weight), self.narrow(bias))
        return self.widen(product)
      """;

  private Arithmetic() {}

  static String source(ComputeType type) {
    return switch (type) {
      case FLOAT32 -> FLOAT32;
      case BFLOAT16 -> BFLOAT16;
    };
  }
}
