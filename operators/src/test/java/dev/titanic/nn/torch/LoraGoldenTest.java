package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.nn.AdapterDirectory;
import dev.titanic.nn.Golden;
import dev.titanic.nn.Lora;
import dev.titanic.nn.family.Adapters;
import dev.titanic.nn.family.Architecture;
import dev.titanic.schemas.edge.TensorSpec;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions with adapters against what PEFT computes with the same ones. */
final class LoraGoldenTest {

  @ParameterizedTest
  @MethodSource("dev.titanic.nn.torch.GoldenTest#cuts")
  void trainsAlongTheSameLossesToTheSameAdapters(String name, int stages) {
    assertTrainsAsPeft(Golden.of(name), stages);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void trainsRankStabilizedAdaptersOfAllLinearLayers(int stages) {
    assertTrainsAsPeft(Golden.of("gpt2", "all-linear"), stages);
  }

  private static void assertTrainsAsPeft(Golden golden, int stages) {
    Lora lora = golden.adapters("adapter-before").settings();
    AdapterDirectory after = golden.adapters("adapter-after");
    Map<String, TensorSpec> adapters =
        Adapters.of(Architecture.of(golden.model().config()), after).weights();
    double[] trace = golden.series("lora_loss_trace");
    try (PartitionedModel model = new PartitionedModel(golden.model(), stages, lora)) {
      GoldenTraining training = GoldenTraining.along(trace, model, golden.batches());
      assertThat(model.weights().keySet()).isEqualTo(adapters.keySet());
      adapters.forEach(
          (name, spec) ->
              training.assertTrainedTo(name, Golden.values(after.weight(name, spec.shape()))));
    }
  }
}
