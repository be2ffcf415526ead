package dev.titanic.protocol;

import dev.titanic.schemas.edge.SquaredNorms;

/**
 * Global-norm clipping, as PyTorch's {@code clip_grad_norm_} does it, over gradients that are sums
 * over targets.
 *
 * @param gradientNorm of the mean loss, before clipping
 * @param coefficient at most 1
 * @param factor by which accumulated sums are multiplied: coefficient / targets
 */
record Clipping(double gradientNorm, double coefficient, double factor) {
  private static final double EPSILON = 1e-6;

  static Clipping of(SquaredNorms sums, long targets, double clipNorm) {
    if (targets < 1) {
      throw new ProtocolException("a step without targets");
    }
    double norm = Math.sqrt(sums.total()) / targets;
    double coefficient = clipNorm == 0 ? 1 : Math.min(1, clipNorm / (norm + EPSILON));
    return new Clipping(norm, coefficient, coefficient / targets);
  }
}
