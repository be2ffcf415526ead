package dev.titanic.nn.torch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.protocol.TokenBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The steps of a golden, taken by a model. */
final class GoldenTraining {
  private static final double TOLERANCE = 1e-5;

  /**
   * For an element whose gradient vanishes in some step: AdamW divides by its size, and so makes
   * rounding large. PyTorch's own attention kernels differ as much there.
   */
  private static final double TOLERANCE_WITHOUT_GRADIENT = 2e-4;

  private static final double NO_GRADIENT = 1e-7;

  private final PartitionedModel model;
  private final Map<String, float[]> smallestGradients = new HashMap<>();

  private GoldenTraining(PartitionedModel model) {
    this.model = model;
  }

  /**
   * Trains, two micro-batches a step, and compares the losses.
   *
   * @param trace mean loss of every step
   */
  static GoldenTraining along(double[] trace, PartitionedModel model, List<TokenBatch> batches) {
    GoldenTraining training = new GoldenTraining(model);
    for (int step = 0; step < trace.length; step++) {
      int first = 2 * step % batches.size();
      double loss =
          model.step(batches.subList(first, first + 2), 1e-3, training::keepSmallestGradients);
      assertThat(loss).as("step " + step).isCloseTo(trace[step], within(TOLERANCE));
    }
    return training;
  }

  private void keepSmallestGradients(long targets) {
    for (String weight : model.weights().keySet()) {
      float[] gradient = model.meanGradient(weight, targets);
      float[] kept = smallestGradients.computeIfAbsent(weight, absent -> gradient);
      for (int i = 0; i < kept.length; i++) {
        kept[i] = Math.min(Math.abs(kept[i]), Math.abs(gradient[i]));
      }
    }
  }

  void assertTrainedTo(String weight, float[] expected) {
    float[] smallest = requireNonNull(smallestGradients.get(weight), weight);
    Numbers.assertClose(
        weight,
        requireNonNull(model.weights().get(weight)),
        expected,
        element -> smallest[element] < NO_GRADIENT ? TOLERANCE_WITHOUT_GRADIENT : TOLERANCE);
  }
}
