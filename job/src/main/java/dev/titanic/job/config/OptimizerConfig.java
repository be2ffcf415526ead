package dev.titanic.job.config;

import static dev.titanic.job.config.Bounds.atLeast;
import static dev.titanic.job.config.Bounds.finiteAtLeast;

import dev.titanic.protocol.LearningRate;
import java.io.Serializable;

/**
 * AdamW and its learning rate.
 *
 * @param warmupSteps over which the learning rate grows from zero
 * @param weightDecay decoupled
 * @param decayVectors whether biases and norms decay too
 * @param clipNorm largest global gradient norm; 0 means any
 */
public record OptimizerConfig(
    double learningRate,
    LearningRate.Shape schedule,
    int warmupSteps,
    double weightDecay,
    boolean decayVectors,
    double clipNorm)
    implements Serializable {
  public OptimizerConfig {
    finiteAtLeast(0, learningRate, "learningRate");
    atLeast(0, warmupSteps, "warmupSteps");
    finiteAtLeast(0, weightDecay, "weightDecay");
    finiteAtLeast(0, clipNorm, "clipNorm");
  }
}
