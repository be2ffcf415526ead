package dev.titanic.nn.family;

import java.util.List;

/** Root mean square layer normalization (Zhang and Sennrich 2019). */
record RmsNorm(String name, long size, double epsilon) implements Submodule {

  @Override
  public List<Weight> weights() {
    return List.of(Weight.of(name + ".weight", size));
  }

  @Override
  public String expression(List<String> weights) {
    return "torch.rms_norm(x, [%d], %s, %s)"
        .formatted(size, weights.get(0), Double.toString(epsilon));
  }
}
