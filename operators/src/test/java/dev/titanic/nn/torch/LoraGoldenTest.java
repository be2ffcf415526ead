package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.nn.AdapterDirectory;
import dev.titanic.nn.Golden;
import dev.titanic.nn.Lora;
import dev.titanic.nn.family.Adapters;
import dev.titanic.nn.family.Architecture;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.TensorSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Partitions with adapters against what PEFT computes with the same ones. */
final class LoraGoldenTest {

  @ParameterizedTest
  @MethodSource("dev.titanic.nn.torch.GoldenTest#cuts")
  void trainsAlongTheSameLossesToTheSameAdapters(String name, int stages) {
    Golden golden = Golden.of(name);
    double[] trace = golden.series("lora_loss_trace");
    List<TokenBatch> batches = golden.batches();
    Lora lora = golden.adapters("adapter-before").settings();
    try (PartitionedModel model = new PartitionedModel(golden.model(), stages, lora)) {
      for (int step = 0; step < trace.length; step++) {
        int first = 2 * step % batches.size();
        double loss = model.step(batches.subList(first, first + 2), 1e-3);
        assertThat(loss).as("step " + step).isCloseTo(trace[step], within(1e-5));
      }
      assertEqual(model.weights(), golden.adapters("adapter-after"), golden);
    }
  }

  private static void assertEqual(
      Map<String, float[]> actual, AdapterDirectory expected, Golden golden) {
    Map<String, TensorSpec> adapters =
        Adapters.of(Architecture.of(golden.model().config()), expected.settings()).weights();
    expected.requireFits(adapters);
    assertThat(actual.keySet()).isEqualTo(adapters.keySet());
    adapters.forEach(
        (name, spec) ->
            assertThat(actual.get(name))
                .as(name)
                .containsExactly(
                    Golden.values(expected.weight(name, spec.shape())), within(1e-5f)));
  }
}
