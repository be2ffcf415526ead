package dev.titanic.nn.family;

/**
 * Dropout (Srivastava et al. 2014) with masks from a program's own generator: scaled as in PyTorch
 * in training, nothing in evaluation.
 */
final class Dropout {

  /** What every program has. */
  static final String SOURCE =
      """
      def drop(self, x: Tensor, rate: float, noise: List[Generator]) -> Tensor:
        if torch.gt(torch.len(noise), 0):
          kept = torch.sub(1., rate)
          mask = torch.div_(torch.bernoulli_(torch.empty_like(x), kept, generator=noise[0]), kept)
          dropped = torch.mul(x, mask)
        else:
          dropped = x
        return dropped
      """;

  private Dropout() {}

  /**
   * An expression in a method that knows {@code noise}.
   *
   * @param value expression for what is dropped
   * @param rate with 0 nothing is drawn
   */
  static String of(String value, double rate) {
    return rate == 0 ? value : "self.drop(%s, %s, noise)".formatted(value, Double.toString(rate));
  }
}
