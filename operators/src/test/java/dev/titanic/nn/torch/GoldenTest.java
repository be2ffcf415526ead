package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.nn.Evaluation;
import dev.titanic.nn.Golden;
import dev.titanic.nn.family.Architecture;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.TensorData;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Partitions against what transformers and PyTorch compute with the same model. */
final class GoldenTest {
  private static final double TOLERANCE = 1e-5;

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
            model.meanGradient(weight, batch.targetCount()),
            golden.tensor("grad.0." + weight),
            TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void trainsAlongTheSameLossesToTheSameWeights(String name, int stages) {
    Golden golden = Golden.of(name);
    double[] trace = golden.series("full_loss_trace");
    List<TokenBatch> batches = golden.batches();
    try (PartitionedModel model = new PartitionedModel(golden.model(), stages)) {
      GoldenTraining training = GoldenTraining.along(trace, model, batches);
      for (String weight : model.weights().keySet()) {
        training.assertTrainedTo(weight, golden.tensor("full.after." + weight));
      }
    }
  }
}
