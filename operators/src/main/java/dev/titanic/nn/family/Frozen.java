package dev.titanic.nn.family;

import java.util.List;

/** A submodule whose weights are not trained. */
record Frozen(Submodule base) implements Submodule {

  @Override
  public String name() {
    return base.name();
  }

  @Override
  public List<Weight> weights() {
    return base.weights().stream().map(Weight::frozen).toList();
  }

  @Override
  public List<Weight> factors() {
    return base.factors().stream().map(Weight::frozen).toList();
  }

  @Override
  public String expression(List<String> weights) {
    return base.expression(weights);
  }
}
