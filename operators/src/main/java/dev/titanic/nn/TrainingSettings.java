package dev.titanic.nn;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How partitions are trained.
 *
 * @param noise for dropout, and for adapters that start at random
 * @param lora adapters, which then are all that is trained; null means full fine-tuning
 * @param compute type in which linear layers and attention multiply
 * @param recompute whether a graph keeps only the ends of every block, and the backward pass
 *     computes what lies between again
 */
public record TrainingSettings(
    AdamW optimizer, Noise noise, @Nullable Lora lora, ComputeType compute, boolean recompute)
    implements Serializable {

  /** Full fine-tuning in float32. */
  public TrainingSettings(AdamW optimizer, Noise noise) {
    this(optimizer, noise, null, ComputeType.FLOAT32, false);
  }

  /** For partitions that only evaluate. */
  public static TrainingSettings none() {
    return new TrainingSettings(AdamW.withWeightDecay(0), new Noise(0));
  }

  /** The same, with adapters; null means without. */
  public TrainingSettings with(@Nullable Lora adapters) {
    return new TrainingSettings(optimizer, noise, adapters, compute, recompute);
  }

  /** The same in another type. */
  public TrainingSettings in(ComputeType type) {
    return new TrainingSettings(optimizer, noise, lora, type, recompute);
  }

  /** The same, with what lies within blocks computed again. */
  public TrainingSettings recomputing() {
    return new TrainingSettings(optimizer, noise, lora, compute, true);
  }
}
