package dev.titanic.nn.partition;

import dev.titanic.nn.trace.PassCost;

/**
 * What a part of a model costs: the embedding, a block, or the head.
 *
 * @param parameters number of weights' elements
 * @param trainable how many of them are trained
 * @param weightBytes of all weights
 * @param trainedBytes of those that have a gradient and two moments, each as large
 * @param pass of one micro-batch
 */
public record PartCost(
    long parameters, long trainable, long weightBytes, long trainedBytes, PassCost pass) {

  /** Multiplications and additions of one micro-batch, forward and backward. */
  public double flops() {
    return pass.forwardFlops() + pass.backwardFlops();
  }
}
