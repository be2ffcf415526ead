package dev.titanic.nn.family;

import java.util.List;

/** Layer normalization with scale and shift (Ba et al. 2016). */
record LayerNorm(String name, long size, double epsilon) implements Submodule {

  @Override
  public List<Weight> weights() {
    return List.of(Weight.of(name + ".weight", size), Weight.of(name + ".bias", size));
  }

  @Override
  public String expression(List<String> weights) {
    return "torch.layer_norm(x, [%d], %s, %s, %s)"
        .formatted(size, weights.get(0), weights.get(1), Double.toString(epsilon));
  }
}
