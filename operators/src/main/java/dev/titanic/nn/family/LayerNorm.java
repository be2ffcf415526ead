package dev.titanic.nn.family;

import java.util.List;

/**
 * Layer normalization (Ba et al. 2016).
 *
 * @param affine with scale and shift
 */
record LayerNorm(String name, long size, double epsilon, boolean affine) implements Submodule {

  static LayerNorm of(String name, long size, double epsilon) {
    return new LayerNorm(name, size, epsilon, true);
  }

  @Override
  public List<Weight> weights() {
    return affine
        ? List.of(Weight.of(name + ".weight", size), Weight.of(name + ".bias", size))
        : List.of();
  }

  @Override
  public String expression(List<String> weights) {
    String scaleAndShift = affine ? String.join(", ", weights) : "None, None";
    return "torch.layer_norm(x, [%d], %s, %s)"
        .formatted(size, scaleAndShift, Double.toString(epsilon));
  }
}
