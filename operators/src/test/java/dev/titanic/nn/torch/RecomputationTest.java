package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.nn.Golden;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelCopy;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.protocol.TokenBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Computing again what lies within blocks changes nothing. */
final class RecomputationTest {
  private static final int STEPS = 5;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"gpt2, 0", "gpt2, 2", "llama, 0", "llama, 3", "bloom, 1"})
  void trainsToTheSameBitsWithDropout(String name, int stages) throws Exception {
    Golden golden = Golden.of(name);
    ModelDirectory model = ModelCopy.dropping(golden, directory, 0.1);
    TrainingSettings settings = PartitionedModel.settings();
    assertSameBits(golden, model, stages, settings);
  }

  @ParameterizedTest
  @CsvSource({"0", "2"})
  void trainsAdaptersOfSomeBlocksToTheSameBits(int stages) {
    Golden golden = Golden.of("llama");
    Lora lora = new Lora(4, 8, 0.1, List.of("model.layers.2.self_attn.v_proj"), false, null);
    assertSameBits(golden, golden.model(), stages, PartitionedModel.settings().with(lora));
  }

  private static void assertSameBits(
      Golden golden, ModelDirectory model, int stages, TrainingSettings settings) {
    Map<String, float[]> kept = trained(golden, model, stages, settings);
    Map<String, float[]> again = trained(golden, model, stages, settings.recomputing());
    assertThat(again).containsOnlyKeys(kept.keySet());
    kept.forEach((name, values) -> assertThat(again.get(name)).as(name).isEqualTo(values));
  }

  private static Map<String, float[]> trained(
      Golden golden, ModelDirectory model, int stages, TrainingSettings settings) {
    List<TokenBatch> batches = golden.batches();
    try (PartitionedModel partitions =
        new PartitionedModel(PartitionedModel.loader(model, stages, settings), stages)) {
      for (int step = 0; step < STEPS; step++) {
        partitions.step(batches.subList(0, 3), 1e-3);
      }
      return partitions.weights();
    }
  }
}
