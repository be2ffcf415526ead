package dev.titanic.nn.partition;

import dev.titanic.nn.family.Weight;
import java.util.List;

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

  static WeightCost of(List<Weight> weights) {
    WeightCost sum = NONE;
    for (Weight weight : weights) {
      long elements = weight.spec().elements();
      long bytes = weight.spec().bytes();
      sum =
          sum.plus(
              new WeightCost(
                  elements, weight.trained() ? elements : 0, bytes, weight.trained() ? bytes : 0));
    }
    return sum;
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
