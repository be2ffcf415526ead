package dev.titanic.protocol;

import dev.titanic.schemas.edge.TensorData;

/** Blocks in the middle of the model, at a stage. */
public interface StagePartition extends Partition {

  /**
   * @param activation (batch, tokens, hidden)
   * @param training whether the graph is kept for {@link #backward}
   * @return (batch, tokens, hidden)
   */
  TensorData forward(MicroBatch microBatch, TensorData activation, boolean training);

  /**
   * Vector-Jacobian product of the micro-batch's graph, which it frees; accumulates the gradients
   * of the weights.
   *
   * @param gradient of the output
   * @return gradient of the input
   */
  TensorData backward(MicroBatch microBatch, TensorData gradient);
}
