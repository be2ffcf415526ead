package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.nn.AdamW;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.Cut;
import dev.titanic.nn.Golden;
import dev.titanic.nn.ModelCopy;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.Noise;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.protocol.MicroBatch;
import dev.titanic.protocol.TokenBatch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DropoutTest {
  private static final double RATE = 0.25;

  @TempDir private Path directory;

  /** The owner of this cut returns what the embedding gives: dropped, and not dropped. */
  @Test
  void keepsTheShareThatTheRateLeavesAndScalesItUp() throws Exception {
    Golden golden = Golden.of("gpt2");
    TokenBatch batch = golden.batches().get(0);
    TorchPartitionLoader loader =
        new TorchPartitionLoader(
            ModelCopy.dropping(golden, directory, RATE),
            new Cut(List.of(0, 4)),
            settings(7),
            ComputeDevice.CPU);
    try (TorchOwner owner = (TorchOwner) loader.owner(null)) {
      float[] whole = Numbers.of(owner.forward(new MicroBatch(0, 0), batch, false));
      float[] dropped = Numbers.of(owner.forward(new MicroBatch(0, 0), batch, true));

      int kept = 0;
      for (int i = 0; i < whole.length; i++) {
        if (dropped[i] != 0) {
          assertThat((double) dropped[i]).isCloseTo(whole[i] / (1 - RATE), within(1e-6));
          kept++;
        }
      }
      assertThat((double) kept / whole.length).isCloseTo(1 - RATE, within(0.03));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "opt", "llama", "mistral", "bloom", "gpt-neox"})
  void drawsMasksBySeedOfTheRunVersionAndMicroBatchAlone(String name) throws Exception {
    Golden golden = Golden.of(name);
    ModelDirectory model = ModelCopy.dropping(golden, directory, RATE);
    float[] hidden = hidden(model, golden, 7, new MicroBatch(3, 1));

    assertThat(hidden(model, golden, 7, new MicroBatch(3, 1))).isEqualTo(hidden);
    assertThat(hidden(model, golden, 7, new MicroBatch(4, 1))).isNotEqualTo(hidden);
    assertThat(hidden(model, golden, 7, new MicroBatch(3, 2))).isNotEqualTo(hidden);
    assertThat(hidden(model, golden, 8, new MicroBatch(3, 1))).isNotEqualTo(hidden);
  }

  private static float[] hidden(
      ModelDirectory model, Golden golden, long seed, MicroBatch microBatch) {
    TorchPartitionLoader loader =
        new TorchPartitionLoader(model, Cut.even(4, 4, 0), settings(seed), ComputeDevice.CPU);
    try (TorchOwner owner = (TorchOwner) loader.owner(null)) {
      return Numbers.of(owner.forward(microBatch, golden.batches().get(0), true));
    }
  }

  private static TrainingSettings settings(long seed) {
    return new TrainingSettings(AdamW.withWeightDecay(0), new Noise(seed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "opt", "llama", "mistral", "bloom", "gpt-neox"})
  void dropsNothingInAnEvaluation(String name) throws Exception {
    Golden golden = Golden.of(name);
    TokenBatch batch = golden.batches().get(0);
    try (PartitionedModel dropping =
            new PartitionedModel(ModelCopy.dropping(golden, directory, RATE), 1);
        PartitionedModel without = new PartitionedModel(golden.model(), 1)) {
      assertThat(Numbers.of(dropping.forward(0, batch, false)))
          .isEqualTo(Numbers.of(without.forward(0, batch, false)));
    }
  }

  /** With a rate so small that nothing is dropped, what remains is another way to compute. */
  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "opt", "llama", "mistral", "bloom", "gpt-neox"})
  void attentionWithDropoutHasTheGradientsOfAttentionWithout(String name) throws Exception {
    Golden golden = Golden.of(name);
    TokenBatch batch = golden.batches().get(0);
    try (PartitionedModel dropping =
            new PartitionedModel(ModelCopy.dropping(golden, directory, 1e-12), 0);
        PartitionedModel without = new PartitionedModel(golden.model(), 0)) {
      dropping.accumulate(0, batch);
      without.accumulate(0, batch);
      for (String weight : without.weights().keySet()) {
        Numbers.assertClose(
            weight,
            Numbers.of(dropping.gradient(weight)),
            Numbers.of(without.gradient(weight)),
            1e-5 * batch.targetCount());
      }
    }
  }
}
