package dev.titanic.nn;

import java.io.Serializable;

/**
 * How partitions are trained.
 *
 * @param noise for dropout
 */
public record TrainingSettings(AdamW optimizer, Noise noise) implements Serializable {

  /** For partitions that only evaluate. */
  public static TrainingSettings none() {
    return new TrainingSettings(AdamW.withWeightDecay(0), new Noise(0));
  }
}
