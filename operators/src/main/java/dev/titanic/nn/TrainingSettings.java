package dev.titanic.nn;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How partitions are trained.
 *
 * @param noise for dropout, and for adapters that start at random
 * @param lora adapters, which then are all that is trained; null means full fine-tuning
 */
public record TrainingSettings(AdamW optimizer, Noise noise, @Nullable Lora lora)
    implements Serializable {

  /** Full fine-tuning. */
  public TrainingSettings(AdamW optimizer, Noise noise) {
    this(optimizer, noise, null);
  }

  /** For partitions that only evaluate. */
  public static TrainingSettings none() {
    return new TrainingSettings(AdamW.withWeightDecay(0), new Noise(0));
  }

  /** The same, with adapters; null means without. */
  public TrainingSettings with(@Nullable Lora adapters) {
    return new TrainingSettings(optimizer, noise, adapters);
  }
}
