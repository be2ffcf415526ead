package dev.titanic.nn.family;

import dev.titanic.nn.Lora;
import java.util.ArrayList;
import java.util.List;

/**
 * A frozen linear layer with a low-rank adapter: {@code base(x) + B(A(dropout(x))) * scale}.
 *
 * <p>A is (rank, in) and B is (out, rank), however the base stores its weight.
 */
record Adapted(Linear base, Lora lora) implements Submodule {

  @Override
  public String name() {
    return base.name();
  }

  /** Those of the base, then A and B. */
  @Override
  public List<Weight> weights() {
    List<Weight> weights = new ArrayList<>(new Frozen(base).weights());
    weights.add(Weight.of(name() + Lora.A, lora.rank(), base.inputs()));
    weights.add(Weight.of(name() + Lora.B, base.outputs(), lora.rank()));
    return weights;
  }

  /** Adapters stay float32. */
  @Override
  public List<Weight> factors() {
    return new Frozen(base).factors();
  }

  @Override
  public String expression(List<String> weights) {
    int adapter = weights.size() - 2;
    return "torch.add(%s, torch.linear(torch.linear(%s, %s), %s), alpha=%s)"
        .formatted(
            base.expression(weights.subList(0, adapter)),
            Dropout.of("x", lora.dropout()),
            weights.get(adapter),
            weights.get(adapter + 1),
            Double.toString(lora.scale()));
  }
}
