package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.nn.Evaluation;
import dev.titanic.nn.Golden;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.TensorData;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Partitions against what transformers and PyTorch compute with the same model. */
final class GoldenTest {

  @ParameterizedTest
  @CsvSource({"llama,0", "llama,1", "llama,3", "llama-gqa,0", "llama-gqa,1", "llama-gqa,2"})
  void predictsTheSameLogits(String name, int stages) {
    Golden golden = Golden.of(name);
    try (PartitionedModel model = new PartitionedModel(golden.model(), stages)) {
      TensorData hidden = model.forward(0, golden.batches().get(0), false);
      float[] logits = Numbers.of(model.owner.logits(hidden));
      Numbers.assertClose("logits", logits, golden.tensor("logits.0"), 1e-5);
    }
  }

  @ParameterizedTest
  @CsvSource({"llama,0", "llama,1", "llama,3", "llama-gqa,0", "llama-gqa,1", "llama-gqa,2"})
  void evaluatesToTheSameLoss(String name, int stages) {
    Golden golden = Golden.of(name);
    double[] losses = golden.series("loss");
    List<TokenBatch> batches = golden.batches();
    try (PartitionedModel model = new PartitionedModel(golden.model(), stages)) {
      for (int i = 0; i < losses.length; i++) {
        Evaluation evaluation = Evaluation.of(model.owner, model.stages, List.of(batches.get(i)));
        assertThat(evaluation.meanLoss()).isCloseTo(losses[i], within(losses[i] * 1e-6));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"llama,0", "llama,1", "llama,3", "llama-gqa,0", "llama-gqa,1", "llama-gqa,2"})
  void computesTheSameGradients(String name, int stages) {
    Golden golden = Golden.of(name);
    TokenBatch batch = golden.batches().get(0);
    try (PartitionedModel model = new PartitionedModel(golden.model(), stages)) {
      model.accumulate(0, batch);
      for (String weight : model.weights().keySet()) {
        float[] gradient = Numbers.of(model.gradient(weight));
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] /= batch.targetCount();
        }
        Numbers.assertClose(weight, gradient, golden.tensor("grad.0." + weight), 1e-4);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"llama,0", "llama,1", "llama,3", "llama-gqa,0", "llama-gqa,1", "llama-gqa,2"})
  void trainsAlongTheSameLosses(String name, int stages) {
    Golden golden = Golden.of(name);
    double[] trace = golden.series("full_loss_trace");
    List<TokenBatch> batches = golden.batches();
    try (PartitionedModel model = new PartitionedModel(golden.model(), stages)) {
      for (int step = 0; step < trace.length; step++) {
        int first = 2 * step % batches.size();
        double loss = model.step(batches.subList(first, first + 2), 1e-3);
        assertThat(loss).as("step " + step).isCloseTo(trace[step], within(1e-4));
      }
      model
          .weights()
          .forEach(
              (weight, values) ->
                  Numbers.assertClose(weight, values, golden.tensor("full.after." + weight), 1e-4));
    }
  }
}
