package dev.titanic.nn.family;

import dev.titanic.nn.Cut;
import dev.titanic.protocol.PipelineSchedule;
import java.util.List;

/**
 * The least native memory that a partition needs in training, in bytes. What a graph keeps between
 * its forward and backward pass comes on top.
 *
 * @param weights float32
 * @param training gradients and both moments of the optimizer, of the weights that are trained
 * @param window inputs and outputs of the micro-batches in flight
 */
public record Footprint(long weights, long training, long window) {
  private static final int FLOAT_BYTES = 4;

  /** Gradient, first and second moment beside each weight. */
  private static final int TRAINING_COPIES = 3;

  /**
   * @param microBatches per step
   * @param microBatchSize sequences
   * @param sequenceLength tokens
   */
  public static Footprint of(
      Architecture architecture,
      Cut cut,
      int partition,
      int microBatches,
      int microBatchSize,
      int sequenceLength) {
    List<Weight> all = architecture.weights(cut, partition);
    long weights = all.stream().mapToLong(weight -> weight.spec().bytes()).sum();
    long trained =
        all.stream().filter(Weight::trained).mapToLong(weight -> weight.spec().bytes()).sum();
    long activation = (long) microBatchSize * sequenceLength * architecture.hidden() * FLOAT_BYTES;
    int inFlight = PipelineSchedule.of(cut.stages(), microBatches).peakInFlight(partition);
    return new Footprint(weights, TRAINING_COPIES * trained, 2L * inFlight * activation);
  }

  public long total() {
    return weights + training + window;
  }
}
