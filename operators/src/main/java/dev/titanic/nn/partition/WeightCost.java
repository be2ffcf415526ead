package dev.titanic.nn.partition;

import dev.titanic.nn.family.Weight;
import dev.titanic.schemas.edge.ElementType;
import java.util.List;
import java.util.Set;

/**
 * Weights that are kept, and what training adds to those that are trained.
 *
 * @param parameters number of elements
 * @param trainable how many of them are trained
 * @param bytes of all weights
 * @param trainedBytes of those that have a gradient and two moments, each as large
 */
public record WeightCost(long parameters, long trainable, long bytes, long trainedBytes) {
  public static final WeightCost NONE = new WeightCost(0, 0, 0, 0);

  /** Gradient, first and second moment. */
  private static final int TRAINING_COPIES = 3;

  /**
   * @param narrow names of those that are held in bfloat16; trained ones beside their own values
   */
  static WeightCost of(List<Weight> weights, Set<String> narrow) {
    WeightCost sum = NONE;
    for (Weight weight : weights) {
      sum = sum.plus(of(weight, narrow.contains(weight.name())));
    }
    return sum;
  }

  private static WeightCost of(Weight weight, boolean isNarrow) {
    long elements = weight.spec().elements();
    long bytes = weight.spec().bytes();
    long narrowBytes = isNarrow ? ElementType.BFLOAT16.bytes() * elements : 0;
    if (!weight.trained()) {
      return new WeightCost(elements, 0, isNarrow ? narrowBytes : bytes, 0);
    }
    return new WeightCost(elements, elements, bytes + narrowBytes, bytes);
  }

  WeightCost plus(WeightCost other) {
    return new WeightCost(
        parameters + other.parameters,
        trainable + other.trainable,
        bytes + other.bytes,
        trainedBytes + other.trainedBytes);
  }

  WeightCost minus(WeightCost other) {
    return new WeightCost(
        parameters - other.parameters,
        trainable - other.trainable,
        bytes - other.bytes,
        trainedBytes - other.trainedBytes);
  }

  /** Bytes that training takes beside the weights. */
  long trainingBytes() {
    return TRAINING_COPIES * trainedBytes;
  }
}
