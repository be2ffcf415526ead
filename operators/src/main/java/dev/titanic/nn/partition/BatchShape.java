package dev.titanic.nn.partition;

import dev.titanic.protocol.PipelineSchedule;

/**
 * What one step works on.
 *
 * @param owners that train at once: each has a first partition, and they share the stages
 * @param microBatches per step, of every owner
 * @param sequences per micro-batch
 * @param tokens per sequence
 */
public record BatchShape(int owners, int microBatches, int sequences, int tokens) {
  public BatchShape {
    if (owners < 1 || microBatches < 1 || sequences < 1 || tokens < 1) {
      throw new IllegalArgumentException(
          "%d micro-batches of %d x %d tokens, of %d owners"
              .formatted(microBatches, sequences, tokens, owners));
    }
  }

  /** A step of a single owner. */
  public BatchShape(int microBatches, int sequences, int tokens) {
    this(1, microBatches, sequences, tokens);
  }

  /** Micro-batches of all owners. */
  public int ofAll() {
    return owners * microBatches;
  }

  /**
   * Most micro-batches whose graphs an owner's partition holds at a time: as many as the owner
   * admits, in the worst case all in one place. Where owners are drawn in proportion to their data,
   * all of a step may be one's.
   */
  int inFlightAtOwner(int stages) {
    return Math.min(ofAll(), PipelineSchedule.window(stages));
  }

  /** Most micro-batches whose graphs a stage holds at a time, of whichever owners. */
  int inFlightInStage(int stages) {
    return Math.min(ofAll(), PipelineSchedule.window(stages, owners));
  }
}
