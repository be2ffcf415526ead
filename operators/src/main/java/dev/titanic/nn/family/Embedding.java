package dev.titanic.nn.family;

import java.util.List;

/** A row of a table for every index. */
record Embedding(String name, Weight table) implements Submodule {

  static Embedding of(String name, long rows, long size) {
    return new Embedding(name, Weight.of(name + ".weight", rows, size));
  }

  @Override
  public List<Weight> weights() {
    return List.of(table);
  }

  @Override
  public String expression(List<String> weights) {
    return "torch.embedding(%s, x)".formatted(weights.get(0));
  }
}
