package dev.titanic.nn.partition;

import dev.titanic.nn.shape.PassCost;

/**
 * What a part of a model costs: the embedding, a block, or the head.
 *
 * @param pass of one micro-batch
 */
public record PartCost(WeightCost weights, PassCost pass) {

  /** Multiplications and additions of one micro-batch, forward and backward. */
  public double flops() {
    return pass.forwardFlops() + pass.backwardFlops();
  }
}
