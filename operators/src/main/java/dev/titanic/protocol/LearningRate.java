package dev.titanic.protocol;

import java.io.Serializable;

/**
 * Learning rate of every step, as in transformers' schedulers: linear warm-up from 0, then
 * constant, linear to 0 or half a cosine to 0 at the last step.
 *
 * @param peak rate after the warm-up
 * @param warmupSteps steps until the peak
 * @param totalSteps of the run
 */
public record LearningRate(Shape shape, double peak, long warmupSteps, long totalSteps)
    implements Serializable {

  /** What follows the warm-up. */
  public enum Shape {
    CONSTANT,
    /** Falls to zero in a straight line, at the last step. */
    LINEAR,
    /** Falls to zero along half a cosine, at the last step. */
    COSINE
  }

  public LearningRate {
    if (!(peak > 0) || warmupSteps < 0 || totalSteps < 0) {
      throw new IllegalArgumentException(
          "peak %s, warm-up %d, total %d".formatted(peak, warmupSteps, totalSteps));
    }
  }

  public static LearningRate constant(double rate) {
    return new LearningRate(Shape.CONSTANT, rate, 0, 0);
  }

  /** Rate of a step, from 0. */
  public double at(long step) {
    if (step < warmupSteps) {
      return peak * step / Math.max(1, warmupSteps);
    }
    double done = (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
    return switch (shape) {
      case CONSTANT -> peak;
      case LINEAR -> peak * Math.max(0, 1 - done);
      case COSINE -> peak * Math.max(0, 0.5 * (1 + Math.cos(Math.PI * done)));
    };
  }
}
