package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.AdapterDirectory;
import dev.titanic.nn.AdapterWriter;
import dev.titanic.nn.Golden;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.family.Adapters;
import dev.titanic.nn.family.Architecture;
import dev.titanic.nn.family.MergedModel;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.TensorData;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MergedModelTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "llama, false",
    "llama-gqa, true",
    "gpt2, false",
    "opt, true",
    "bloom, false",
    "gpt-neox, false"
  })
  void predictsWhatModelAndAdaptersPredict(String name, boolean rslora) {
    Golden golden = Golden.of(name);
    AdapterDirectory adapters = trained(golden, rslora, Lora.ALL_LINEAR);

    MergedModel.of(golden.model(), adapters).write(directory.resolve("merged"));

    TokenBatch batch = golden.batches().get(0);
    float[] base = logits(golden.model(), null, batch);
    float[] adapted = logits(golden.model(), adapters.settings(), batch);
    float[] merged = logits(ModelDirectory.open(directory.resolve("merged")), null, batch);
    assertThat(adapted).isNotEqualTo(base);
    Numbers.assertClose("logits", merged, adapted, 1e-5);
  }

  @Test
  void refusesAnAdapterOfATiedWeight() {
    Golden golden = Golden.of("llama-gqa");
    AdapterDirectory adapters = trained(golden, false, "lm_head");

    assertThatThrownBy(() -> MergedModel.of(golden.model(), adapters))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            adapters.path()
                + ": lm_head: shares its weight with model.embed_tokens.weight, which must not"
                + " change: use adapters without it");
  }

  @Test
  void refusesAdaptersOfAnotherModel() {
    AdapterDirectory adapters = Golden.of("gpt2").adapters("adapter-after");

    assertThatThrownBy(() -> MergedModel.of(Golden.of("llama").model(), adapters))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(
            adapters.path()
                + ": targets: c_attn: matches no linear layer of the model: use q_proj");
  }

  /** Adapters after a few large steps, written and opened again. */
  private AdapterDirectory trained(Golden golden, boolean rslora, String target) {
    Lora lora = new Lora(4, 8, 0, List.of(target), rslora, null);
    Adapters adapters = Adapters.of(Architecture.of(golden.model().config()), lora);
    Path path = directory.resolve("adapter");
    try (PartitionedModel model = new PartitionedModel(golden.model(), 1, lora);
        AdapterWriter writer =
            AdapterWriter.create(
                golden.model().path(),
                adapters.settings(),
                adapters.fanInFanOut(),
                adapters.weights(),
                path)) {
      for (int step = 0; step < 3; step++) {
        model.step(golden.batches().subList(0, 2), 1e-2);
      }
      model.partitions().forEach(partition -> PartitionedModel.export(partition, writer::put));
      writer.finish();
    }
    return AdapterDirectory.open(path);
  }

  private static float[] logits(ModelDirectory directory, @Nullable Lora lora, TokenBatch batch) {
    try (PartitionedModel model = new PartitionedModel(directory, 0, lora)) {
      TensorData hidden = model.forward(0, batch, false);
      return Numbers.of(model.owner.logits(hidden));
    }
  }
}
