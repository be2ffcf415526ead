package dev.titanic.nn.torch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.nn.Evaluation;
import dev.titanic.nn.Golden;
import dev.titanic.nn.family.Architecture;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.TensorData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Partitions against what transformers and PyTorch compute with the same model. */
final class GoldenTest {
  private static final double TOLERANCE = 1e-5;

  /**
   * For a weight whose gradient vanishes in some step: AdamW divides by its size, and so makes
   * rounding large. PyTorch's own attention kernels differ as much there.
   */
  private static final double TOLERANCE_WITHOUT_GRADIENT = 2e-4;

  private static final double NO_GRADIENT = 1e-7;

  /** Every model with no, one, and up to three stages. */
  static Stream<Arguments> cuts() {
    return Golden.names().stream()
        .flatMap(
            name -> {
              int blocks = Architecture.of(Golden.of(name).model().config()).blocks().size();
              return IntStream.of(0, 1, Math.min(3, blocks - 1))
                  .mapToObj(stages -> Arguments.of(name, stages));
            });
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void predictsTheSameLogits(String name, int stages) {
    Golden golden = Golden.of(name);
    try (PartitionedModel model = new PartitionedModel(golden.model(), stages)) {
      TensorData hidden = model.forward(0, golden.batches().get(0), false);
      float[] logits = Numbers.of(model.owner.logits(hidden));
      Numbers.assertClose("logits", logits, golden.tensor("logits.0"), TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void evaluatesToTheSameLoss(String name, int stages) {
    Golden golden = Golden.of(name);
    double[] losses = golden.series("loss");
    List<TokenBatch> batches = golden.batches();
    try (PartitionedModel model = new PartitionedModel(golden.model(), stages)) {
      for (int i = 0; i < losses.length; i++) {
        Evaluation evaluation = Evaluation.of(model.owner, model.stages, List.of(batches.get(i)));
        assertThat(evaluation.meanLoss()).isCloseTo(losses[i], within(TOLERANCE));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void computesTheSameGradients(String name, int stages) {
    Golden golden = Golden.of(name);
    TokenBatch batch = golden.batches().get(0);
    try (PartitionedModel model = new PartitionedModel(golden.model(), stages)) {
      model.accumulate(0, batch);
      for (String weight : model.weights().keySet()) {
        Numbers.assertClose(
            weight,
            gradient(model, weight, batch.targetCount()),
            golden.tensor("grad.0." + weight),
            TOLERANCE);
      }
    }
  }

  private static float[] gradient(PartitionedModel model, String weight, long targets) {
    float[] gradient = Numbers.of(model.gradient(weight));
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= targets;
    }
    return gradient;
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void trainsAlongTheSameLossesToTheSameWeights(String name, int stages) {
    Golden golden = Golden.of(name);
    double[] trace = golden.series("full_loss_trace");
    List<TokenBatch> batches = golden.batches();
    try (PartitionedModel model = new PartitionedModel(golden.model(), stages)) {
      Map<String, float[]> smallest = new HashMap<>();
      for (int step = 0; step < trace.length; step++) {
        int first = 2 * step % batches.size();
        double loss =
            model.step(
                batches.subList(first, first + 2),
                1e-3,
                targets -> keepSmallestGradients(model, targets, smallest));
        assertThat(loss).as("step " + step).isCloseTo(trace[step], within(TOLERANCE));
      }
      model
          .weights()
          .forEach(
              (weight, values) ->
                  assertTrained(golden, weight, values, requireNonNull(smallest.get(weight))));
    }
  }

  private static void keepSmallestGradients(
      PartitionedModel model, long targets, Map<String, float[]> smallest) {
    for (String weight : model.weights().keySet()) {
      float[] gradient = gradient(model, weight, targets);
      float[] kept = smallest.computeIfAbsent(weight, absent -> gradient);
      for (int i = 0; i < kept.length; i++) {
        kept[i] = Math.min(Math.abs(kept[i]), Math.abs(gradient[i]));
      }
    }
  }

  private static void assertTrained(
      Golden golden, String weight, float[] values, float[] smallestGradients) {
    Numbers.assertClose(
        weight,
        values,
        golden.tensor("full.after." + weight),
        element ->
            smallestGradients[element] < NO_GRADIENT ? TOLERANCE_WITHOUT_GRADIENT : TOLERANCE);
  }
}
