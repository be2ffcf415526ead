package dev.titanic.nn.family;

import java.util.List;

/**
 * What blocks, embedding and head are made of: weights, and the expression that computes with them.
 * An architecture's program calls it as a method by its name with dots replaced: {@code
 * self_attn.q_proj} is {@code self.self_attn_q_proj(x, weights, noise)}.
 */
sealed interface Submodule permits Adapted, Embedding, Frozen, LayerNorm, Linear, RmsNorm {

  /** Path within the part. */
  String name();

  /** Weights, named from the part on. */
  List<Weight> weights();

  /** Those of its weights that are only ever multiplied with, in the compute type. */
  default List<Weight> factors() {
    return List.of();
  }

  /**
   * The result as a TorchScript expression over {@code x}.
   *
   * @param weights expressions for the weights, in their order
   */
  String expression(List<String> weights);
}
