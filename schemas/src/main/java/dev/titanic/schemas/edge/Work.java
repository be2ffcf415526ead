package dev.titanic.schemas.edge;

import java.util.List;

/**
 * What a step took one partition, by the clock of its own client: no two clocks are compared.
 *
 * <p>With the same micro-batch at both ends of a link, the time on the way there and back is the
 * round trip of the sender minus the residence at the receiver.
 *
 * @param forwardNanos computing forward passes; at the owner, the head and the loss too
 * @param backwardNanos computing backward passes
 * @param elapsedNanos from the first message of the step to its acknowledgement
 * @param tensorBytes activations and gradients sent
 * @param roundTripNanos of every micro-batch: from the activation that was sent to its gradient, or
 *     {@link #UNKNOWN}
 * @param residenceNanos of every micro-batch: from the activation that arrived to the gradient that
 *     was sent back, or {@link #UNKNOWN}
 */
public record Work(
    long forwardNanos,
    long backwardNanos,
    long elapsedNanos,
    long tensorBytes,
    List<Long> roundTripNanos,
    List<Long> residenceNanos) {

  /** Of a micro-batch that may have waited for the partition's thread: not the link's time. */
  public static final long UNKNOWN = -1;

  /** Nothing was measured. */
  public static final Work NONE = new Work(0, 0, 0, 0, List.of(), List.of());

  public Work {
    roundTripNanos = List.copyOf(roundTripNanos);
    residenceNanos = List.copyOf(residenceNanos);
  }

  /** Computing, forward and backward. */
  public long computingNanos() {
    return forwardNanos + backwardNanos;
  }
}
