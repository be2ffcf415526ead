package dev.titanic.nn.family;

import dev.titanic.nn.ModelConfig;

/**
 * The inverse frequencies of {@link Rotary} positions, as a method of a program: {@code
 * frequencies(positions) -> Tensor} on the device of the positions, in the operations of
 * transformers and in float32, so that both compute the same numbers.
 *
 * @param theta their base
 * @param scaling a method {@code scaled(plain)}
 */
record RotaryFrequencies(double theta, String scaling) {
  private static final double DEFAULT_THETA = 1e4;

  private static final String SOURCE =
      """
      def frequencies(self, positions: Tensor) -> Tensor:
        dimensions = torch.arange(0, %1$d, 2, dtype=6, device=ops.prim.device(positions))
        exponents = torch.div(dimensions, %1$d)
        return self.scaled(torch.reciprocal(torch.pow(%2$s, exponents)))

      %3$s
      """;

  private static final String DEFAULT =
      """
      def scaled(self, plain: Tensor) -> Tensor:
        return plain
      """;

  private static final String LINEAR =
      """
      def scaled(self, plain: Tensor) -> Tensor:
        return torch.div(plain, %s)
      """;

  /** As of Llama 3.1: short waves are kept, long ones stretched, those between blended. */
  private static final String LLAMA3 =
      """
      def scaled(self, plain: Tensor) -> Tensor:
        waves = torch.mul(torch.reciprocal(plain), 6.283185307179586)
        short = torch.lt(waves, %4$s)
        long = torch.gt(waves, %3$s)
        stretched = torch.where(long, torch.div(plain, %1$s), plain)
        turns = torch.mul(torch.reciprocal(waves), %2$s)
        kept = torch.div(torch.sub(turns, %5$s), %6$s)
        divided = torch.div(torch.mul(torch.rsub(kept, 1), stretched), %1$s)
        blended = torch.add(divided, torch.mul(kept, stretched))
        return torch.where(torch.logical_or(short, long), stretched, blended)
      """;

  /**
   * Reads {@code rope_parameters}, or the {@code rope_scaling} of older files; a type that is not
   * computed is refused by key.
   *
   * @param oldTheta key at top level that older files have in place of {@code rope_theta}
   */
  static RotaryFrequencies of(ModelConfig config, String oldTheta) {
    ModelConfig rope = parameters(config);
    double theta = rope.number("rope_theta", config.number(oldTheta, DEFAULT_THETA));
    return new RotaryFrequencies(theta, scaling(config, rope));
  }

  /** Where a configuration has its rotary parameters. */
  static ModelConfig parameters(ModelConfig config) {
    ModelConfig old = config.object("rope_scaling");
    return old.isEmpty() ? config.object("rope_parameters") : old;
  }

  private static String scaling(ModelConfig config, ModelConfig rope) {
    String key = rope.has("rope_type") ? "rope_type" : "type";
    return switch (rope.text(key, "default")) {
      case "default" -> DEFAULT;
      case "linear" -> LINEAR.formatted(rope.number("factor"));
      case "llama3" -> llama3(config, rope);
      default -> throw rope.invalid(key, "default, linear or llama3");
    };
  }

  private static String llama3(ModelConfig config, ModelConfig rope) {
    double low = rope.number("low_freq_factor");
    double high = rope.number("high_freq_factor");
    double context = originalContext(config, rope);
    return LLAMA3.formatted(
        rope.number("factor"), context, context / low, context / high, low, high - low);
  }

  private static double originalContext(ModelConfig config, ModelConfig rope) {
    String key = "original_max_position_embeddings";
    if (config.has(key)) {
      return config.positive(key);
    }
    return rope.has(key) ? rope.positive(key) : config.positive("max_position_embeddings");
  }

  /**
   * @param dimensions that are rotated; for an odd number, one more frequency than its half
   */
  String source(int dimensions) {
    return SOURCE.formatted(dimensions, theta, scaling);
  }
}
