package dev.titanic.protocol;

import dev.titanic.schemas.edge.TensorData;

/**
 * The data owner's partition: the embedding and first blocks, and the final norm, head and loss.
 */
public interface OwnerPartition extends Partition {

  /**
   * Embedding and first blocks.
   *
   * @return (batch, tokens, hidden)
   */
  TensorData forward(MicroBatch microBatch, TokenBatch batch, boolean training);

  /**
   * Final norm, head and cross entropy; in training also their backward pass.
   *
   * @param hidden output of the last stage, (batch, tokens, hidden)
   */
  HeadResult head(MicroBatch microBatch, TensorData hidden, TokenBatch batch, boolean training);

  /** Backward pass of embedding and first blocks, given the gradient of their output. */
  void backward(MicroBatch microBatch, TensorData gradient);
}
