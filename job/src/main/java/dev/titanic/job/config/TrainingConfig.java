package dev.titanic.job.config;

import static dev.titanic.job.config.Bounds.atLeast;
import static dev.titanic.job.config.Bounds.finiteAtLeast;

import dev.titanic.data.Packing;
import dev.titanic.protocol.LearningRate;
import java.io.Serializable;
import java.time.Duration;

/**
 * What is trained, how long and how fast.
 *
 * @param rounds turns of every owner
 * @param microBatches per step
 * @param microBatchSize sequences
 * @param sequenceLength tokens
 * @param warmupSteps over which the learning rate grows from zero
 * @param weightDecay decoupled, as in AdamW
 * @param clipNorm largest global gradient norm; 0 means any
 * @param skipLimit steps in a row that may be skipped because a loss or gradient is not finite
 * @param watchdog longest time without progress inside a step
 */
public record TrainingConfig(
    Mode mode,
    int rounds,
    int stepsPerTurn,
    int microBatches,
    int microBatchSize,
    int sequenceLength,
    Packing.Kind packing,
    double learningRate,
    LearningRate.Shape schedule,
    int warmupSteps,
    double weightDecay,
    double clipNorm,
    long seed,
    int skipLimit,
    Duration watchdog)
    implements Serializable {
  public TrainingConfig {
    atLeast(1, rounds, "rounds");
    atLeast(1, stepsPerTurn, "stepsPerTurn");
    atLeast(1, microBatches, "microBatches");
    atLeast(1, microBatchSize, "microBatchSize");
    atLeast(2, sequenceLength, "sequenceLength");
    finiteAtLeast(0, learningRate, "learningRate");
    atLeast(0, warmupSteps, "warmupSteps");
    finiteAtLeast(0, weightDecay, "weightDecay");
    finiteAtLeast(0, clipNorm, "clipNorm");
    atLeast(1, skipLimit, "skipLimit");
    atLeast(1, watchdog.toMillis(), "watchdog in milliseconds");
  }

  /** Number of steps of the whole run. */
  public long steps() {
    return (long) rounds * stepsPerTurn;
  }
}
