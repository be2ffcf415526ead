package dev.titanic.job.config;

import static dev.titanic.job.config.Bounds.atLeast;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.titanic.data.Packing;
import dev.titanic.nn.Lora;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is trained, how long and how fast.
 *
 * @param microBatches per step
 * @param microBatchSize sequences
 * @param sequenceLength tokens
 * @param shuffle window in sequences; 0 = in the order of the topic
 * @param recompute whether what a block computes between its ends is computed again for the
 *     backward pass instead of kept
 * @param skipLimit steps in a row that may be skipped because a loss or gradient is not finite
 * @param watchdog longest time without progress inside a step
 * @param lora adapters to train; null means full fine-tuning
 */
public record TrainingConfig(
    Mode mode,
    @JsonUnwrapped TurnsConfig turns,
    int microBatches,
    int microBatchSize,
    int sequenceLength,
    Packing.Kind packing,
    int shuffle,
    @JsonUnwrapped OptimizerConfig optimizer,
    boolean recompute,
    long seed,
    int skipLimit,
    Duration watchdog,
    @Nullable Lora lora)
    implements Serializable {
  public TrainingConfig {
    atLeast(1, microBatches, "microBatches");
    atLeast(1, microBatchSize, "microBatchSize");
    atLeast(2, sequenceLength, "sequenceLength");
    atLeast(0, shuffle, "shuffle");
    atLeast(1, skipLimit, "skipLimit");
    atLeast(1, watchdog.toMillis(), "watchdog in milliseconds");
  }

  /** The same training in another mode and other turns. */
  public TrainingConfig in(Mode otherMode, TurnsConfig otherTurns) {
    return with(otherMode, otherTurns, microBatches, microBatchSize);
  }

  /** The same training with steps of another size. */
  public TrainingConfig withStep(int otherMicroBatches, int otherMicroBatchSize) {
    return with(mode, turns, otherMicroBatches, otherMicroBatchSize);
  }

  private TrainingConfig with(
      Mode otherMode, TurnsConfig otherTurns, int otherMicroBatches, int otherMicroBatchSize) {
    return new TrainingConfig(
        otherMode,
        otherTurns,
        otherMicroBatches,
        otherMicroBatchSize,
        sequenceLength,
        packing,
        shuffle,
        optimizer,
        recompute,
        seed,
        skipLimit,
        watchdog,
        lora);
  }

  /** Whether owners in turn exchange the first partition for a stage. */
  boolean swaps() {
    return mode == Mode.SEQUENTIAL && turns.firstPartition() == FirstPartition.SWAP;
  }
}
