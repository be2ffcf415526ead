package dev.titanic.nn.family;

/**
 * Attention of all heads, as a method of a program over (batch, heads, tokens, size):
 *
 * <pre>
 * attention(q, k, v, noise)                every token sees itself and those before
 * masked_attention(q, k, v, mask, noise)   when masked
 * </pre>
 *
 * <p>A fused kernel would draw its dropout from the engine's process-wide generator, so attention
 * is written out where weights are dropped.
 *
 * @param scale of the scores
 * @param dropout rate for the attention weights in training
 * @param masked a mask says what every token sees: broadcast to (batch, heads, tokens, tokens),
 *     added to the scaled scores, minus infinity where a token is hidden
 */
record Attention(double scale, double dropout, boolean masked) {

  private static final String FUSED_KERNEL =
      "self.widen(torch.scaled_dot_product_attention("
          + "self.narrow(q), self.narrow(k), self.narrow(v), %s, 0., %s, scale=%s))";

  private static final String FUSED =
      """
      def %1$s(self, q: Tensor, k: Tensor, v: Tensor, %2$snoise: List[Generator]) -> Tensor:
        return %3$s
      """;

  private static final String DROPPING =
      """
      def %1$s(self, q: Tensor, k: Tensor, v: Tensor, %2$snoise: List[Generator]) -> Tensor:
        if torch.gt(torch.len(noise), 0):
          scores = torch.mul(torch.matmul(q, torch.transpose(k, 2, 3)), %5$s)
          seen = torch.softmax(torch.add(scores, %4$s), -1)
          mixed = torch.matmul(%6$s, v)
        else:
          mixed = %3$s
        return mixed
      """;

  /** A mask is the caller's; without one, this is its expression. */
  private static final String CAUSAL =
      "torch.triu(torch.new_full(q, [torch.size(q, 2), torch.size(q, 2)], -inf), 1)";

  /** Scores divided by the square root of the size of a head, and no mask. */
  static Attention of(int headSize, double dropout) {
    return new Attention(1 / Math.sqrt(headSize), dropout, false);
  }

  /** Scores divided by the square root of the size of a head, and a mask. */
  static Attention masked(int headSize, double dropout) {
    return new Attention(1 / Math.sqrt(headSize), dropout, true);
  }

  String source() {
    String fused =
        FUSED_KERNEL.formatted(masked ? "mask" : "None", masked ? "False" : "True", scale);
    return (dropout == 0 ? FUSED : DROPPING)
        .formatted(
            masked ? "masked_attention" : "attention",
            masked ? "mask: Tensor, " : "",
            fused,
            masked ? "mask" : CAUSAL,
            scale,
            Dropout.of("seen", dropout));
  }
}
