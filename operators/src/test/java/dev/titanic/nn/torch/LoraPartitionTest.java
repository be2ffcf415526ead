package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.Cut;
import dev.titanic.nn.Golden;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelException;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.state.PartitionState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is special about partitions of which only adapters are trained. */
final class LoraPartitionTest {
  private final Golden golden = Golden.of("llama-gqa");
  private final List<TokenBatch> batches = golden.batches().subList(0, 2);

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void goesOnFromAStateWithTheSameBits(int stages) {
    TorchPartitionLoader loader =
        PartitionedModel.loader(golden.model(), stages, lora(0.1, "q_proj", "down_proj"));
    try (PartitionedModel original = new PartitionedModel(loader, stages)) {
      original.step(batches, 1e-2);
      original.step(batches, 1e-2);
      List<PartitionState> states = states(original);
      double loss = original.step(batches, 1e-2);

      try (PartitionedModel restored = new PartitionedModel(loader, states)) {
        restored.skipTo(2);
        assertThat(restored.step(batches, 1e-2)).isEqualTo(loss);
        original
            .weights()
            .forEach(
                (name, values) ->
                    assertThat(restored.weights().get(name)).as(name).isEqualTo(values));
      }
    }
  }

  @Test
  void aStateHoldsAdaptersOnly() {
    try (PartitionedModel model =
        new PartitionedModel(golden.model(), 2, lora(0, "q_proj", "v_proj"))) {
      model.step(batches, 1e-2);
      for (PartitionState state : states(model)) {
        // One block each: A (4, 64) and B (64, 4) of q_proj, A (4, 64) and B (16, 4) of v_proj.
        assertThat(state.tensors()).hasSize(4).allMatch(tensor -> tensor.name().contains(".lora_"));
        assertThat(state.bytes()).isEqualTo(3 * 4 * (4 * 64 + 64 * 4 + 4 * 64 + 16 * 4));
      }
    }
  }

  @Test
  void refusesAStateOfOtherSettings() {
    PartitionState state;
    try (PartitionedModel model = new PartitionedModel(golden.model(), 1, lora(0, "q_proj"))) {
      state = model.owner.state(0);
    }
    Lora other = new Lora(4, 16, 0, List.of("q_proj"), false, null);
    assertThatThrownBy(() -> PartitionedModel.loader(golden.model(), 1, other).owner(state))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            "alpha 8.0, targets q_proj: use that model, cut and adapters, this is ")
        .hasMessageContaining("alpha 16.0, targets q_proj");
    assertThatThrownBy(() -> PartitionedModel.loader(golden.model(), 1).owner(state))
        .hasMessageContaining("with LoRA of rank 4");
  }

  @Test
  void beginsAsTheBaseModel() {
    try (PartitionedModel base = new PartitionedModel(golden.model(), 1);
        PartitionedModel adapted =
            new PartitionedModel(golden.model(), 1, lora(0, Lora.ALL_LINEAR))) {
      TokenBatch batch = batches.get(0);
      assertThat(Numbers.of(adapted.forward(0, batch, false)))
          .isEqualTo(Numbers.of(base.forward(0, batch, false)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"layers.0.self_attn.q_proj", "layers.2.self_attn.q_proj", "lm_head"})
  void trainsWhereOnlyOnePartitionHasAdapters(String target) {
    Lora lora = lora(0, target);
    try (PartitionedModel whole = new PartitionedModel(golden.model(), 0, lora);
        PartitionedModel cut =
            new PartitionedModel(
                PartitionedModel.loader(golden.model(), new Cut(List.of(0, 1, 2)), lora), 2)) {
      for (int step = 0; step < 3; step++) {
        assertThat(cut.step(batches, 1e-2)).isEqualTo(whole.step(batches, 1e-2));
        cut.accumulate(0, batches.get(0));
        whole.accumulate(0, batches.get(0));
        assertThat(cut.squaredNorms()).isEqualTo(whole.squaredNorms());
        assertThat(whole.squaredNorms().total()).isPositive();
        cut.partitions().forEach(partition -> partition.discard());
        whole.partitions().forEach(partition -> partition.discard());
      }
      assertThat(cut.weights()).hasSize(2);
      cut.weights()
          .forEach((name, values) -> assertThat(values).isEqualTo(whole.weights().get(name)));
      List<PartitionState> states = states(cut);
      assertThat(states.stream().filter(state -> state.tensors().isEmpty())).hasSize(2);
      assertThat(states).allMatch(state -> state.optimizerSteps() == 3);
    }
  }

  @Test
  void keepsATiedFrozenWeightOnce() {
    try (PartitionedModel full = new PartitionedModel(golden.model(), 0);
        PartitionedModel adapted = new PartitionedModel(golden.model(), 0, lora(0, "q_proj"))) {
      int adapters = 2 * 3;
      int alias = 1;
      assertThat(adapted.liveArrays()).isEqualTo(full.liveArrays() - alias + adapters);
    }
  }

  @Test
  void hasNoGradientsAndMomentsOfFrozenWeights() {
    try (PartitionedModel model = new PartitionedModel(golden.model(), 0, lora(0, "q_proj"))) {
      model.forward(0, batches.get(0), false);
      int evaluating = model.liveArrays();
      model.step(batches, 1e-2);
      int adapters = 2 * 3;
      int methodNames = 2;
      assertThat(model.liveArrays() - evaluating).isEqualTo(3 * adapters + methodNames);
    }
  }

  private static List<PartitionState> states(PartitionedModel model) {
    return model.partitions().stream().map(partition -> partition.state(2)).toList();
  }

  private static Lora lora(double dropout, String... targets) {
    return new Lora(4, 8, dropout, List.of(targets), false, null);
  }
}
