package dev.titanic.schemas.edge;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a step took one partition, by the clock of its own client: no two clocks are compared.
 *
 * <p>With the same micro-batch at both ends of a link, the time on the way there and back is the
 * round trip of the sender minus the residence at the receiver. Ways are by the global index of the
 * micro-batch; one that may have waited for the partition's thread has none, because its time is
 * not the link's.
 *
 * @param forwardNanos computing forward passes; at the owner, the head and the loss too
 * @param backwardNanos computing backward passes
 * @param elapsedNanos from the first message of the step to its acknowledgement
 * @param tensorBytes sent: activations, gradients, and what an owner gave to the aggregator
 * @param roundTripNanos from the activation that was sent to its gradient
 * @param residenceNanos from the activation that arrived to the gradient that was sent back
 */
public record Work(
    long forwardNanos,
    long backwardNanos,
    long elapsedNanos,
    long tensorBytes,
    Map<Integer, Long> roundTripNanos,
    Map<Integer, Long> residenceNanos) {

  /** Nothing was measured. */
  public static final Work NONE = new Work(0, 0, 0, 0, Map.of(), Map.of());

  public Work {
    roundTripNanos = Collections.unmodifiableMap(new TreeMap<>(roundTripNanos));
    residenceNanos = Collections.unmodifiableMap(new TreeMap<>(residenceNanos));
  }

  /** Computing, forward and backward. */
  public long computingNanos() {
    return forwardNanos + backwardNanos;
  }
}
