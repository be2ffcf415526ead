package dev.titanic.nn.family;

import dev.titanic.nn.ModelConfig;
import java.util.List;
import java.util.OptionalInt;

/**
 * A row of a table for every index.
 *
 * @param padding an index whose row gets no gradient here
 */
record Embedding(String name, Weight table, OptionalInt padding) implements Submodule {

  static Embedding of(String name, long rows, long size) {
    return new Embedding(name, Weight.of(name + ".weight", rows, size), OptionalInt.empty());
  }

  /** An embedding of tokens, in which the {@code pad_token_id} does not learn. */
  static Embedding padded(String name, int rows, long size, ModelConfig config) {
    OptionalInt padding = config.index("pad_token_id", rows);
    return new Embedding(name, Weight.of(name + ".weight", rows, size), padding);
  }

  @Override
  public List<Weight> weights() {
    return List.of(table);
  }

  @Override
  public String expression(List<String> weights) {
    return "torch.embedding(%s, x, %d)".formatted(weights.get(0), padding.orElse(-1));
  }
}
