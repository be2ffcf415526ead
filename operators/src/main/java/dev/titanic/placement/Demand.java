package dev.titanic.placement;

import java.io.Serializable;

/**
 * What a partition asks of the client that hosts it.
 *
 * @param partition its name in messages, such as {@code stage-2}
 * @param memoryBytes for weights, training and the micro-batches in flight
 * @param flops of one micro-batch, forward and backward
 * @param headFlops how many of them are the head's and the loss's, after the last stage; 0 for a
 *     stage
 * @param trafficBytes sent and received for one micro-batch
 * @param stateBytes trained weights and their moments: what a move carries
 */
public record Demand(
    String partition,
    long memoryBytes,
    double flops,
    double headFlops,
    long trafficBytes,
    long stateBytes)
    implements Serializable {

  /** A hidden state in and one out, a gradient in and one out. */
  private static final int TENSORS = 4;

  public Demand {
    if (memoryBytes < 0 || trafficBytes < 0 || stateBytes < 0) {
      throw new IllegalArgumentException(partition + ": bytes below 0");
    }
    if (!(headFlops >= 0 && headFlops <= flops) || Double.isInfinite(flops)) {
      throw new IllegalArgumentException(
          "%s: %s operations, %s of them in the head".formatted(partition, flops, headFlops));
    }
  }

  /**
   * Embedding, first blocks and head.
   *
   * @param boundaryBytes of one hidden state; 0 without stages
   */
  public static Demand owner(
      long memoryBytes, double flops, double headFlops, long boundaryBytes, long stateBytes) {
    return new Demand("owner", memoryBytes, flops, headFlops, TENSORS * boundaryBytes, stateBytes);
  }

  /**
   * Blocks behind the owner's.
   *
   * @param stage its index, from 1
   * @param boundaryBytes of one hidden state
   */
  public static Demand stage(
      int stage, long memoryBytes, double flops, long boundaryBytes, long stateBytes) {
    return new Demand("stage-" + stage, memoryBytes, flops, 0, TENSORS * boundaryBytes, stateBytes);
  }
}
