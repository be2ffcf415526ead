package dev.titanic.nn.partition;

import dev.titanic.protocol.PipelineSchedule;

/**
 * What one step works on.
 *
 * @param microBatches per step
 * @param sequences per micro-batch
 * @param tokens per sequence
 */
public record BatchShape(int microBatches, int sequences, int tokens) {
  public BatchShape {
    if (microBatches < 1 || sequences < 1 || tokens < 1) {
      throw new IllegalArgumentException(
          "%d micro-batches of %d x %d tokens".formatted(microBatches, sequences, tokens));
    }
  }

  /**
   * Most micro-batches whose graphs a partition holds at a time: as many as the owner admits, in
   * the worst case all in one place.
   */
  int inFlight(int stages) {
    return Math.min(microBatches, PipelineSchedule.window(stages));
  }
}
