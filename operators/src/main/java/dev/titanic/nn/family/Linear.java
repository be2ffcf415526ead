package dev.titanic.nn.family;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A linear layer.
 *
 * @param weight (out, in), or (in, out) when transposed
 * @param bias (out)
 * @param transposed as GPT-2's {@code Conv1D} stores it
 */
record Linear(String name, Weight weight, @Nullable Weight bias, boolean transposed)
    implements Submodule {

  static Linear of(String name, long in, long out) {
    return new Linear(name, Weight.of(name + ".weight", out, in), null, false);
  }

  static Linear withBias(String name, long in, long out) {
    return new Linear(
        name, Weight.of(name + ".weight", out, in), Weight.of(name + ".bias", out), false);
  }

  static Linear of(String name, long in, long out, boolean bias) {
    return bias ? withBias(name, in, out) : of(name, in, out);
  }

  /** GPT-2's {@code Conv1D}. */
  static Linear transposed(String name, long in, long out) {
    return new Linear(
        name, Weight.of(name + ".weight", in, out), Weight.of(name + ".bias", out), true);
  }

  /** A head that uses the weight of the embedding. */
  static Linear tied(String name, Embedding embedding) {
    return new Linear(name, embedding.table(), null, false);
  }

  long inputs() {
    return weight.spec().shape().get(transposed ? 0 : 1);
  }

  long outputs() {
    return weight.spec().shape().get(transposed ? 1 : 0);
  }

  @Override
  public List<Weight> weights() {
    List<Weight> weights = new ArrayList<>(List.of(weight));
    if (bias != null) {
      weights.add(bias);
    }
    return weights;
  }

  @Override
  public List<Weight> factors() {
    return List.of(weight);
  }

  @Override
  public String expression(List<String> weights) {
    String matrix = transposed ? "torch.t(" + weights.get(0) + ")" : weights.get(0);
    return bias == null
        ? "self.linear(x, %s)".formatted(matrix)
        : "self.linear_biased(x, %s, %s)".formatted(matrix, weights.get(1));
  }
}
