package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.Golden;
import dev.titanic.nn.ModelException;
import dev.titanic.protocol.StagePartition;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.state.PartitionState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartitionStateTest {
  private final Golden golden = Golden.of("llama-gqa");
  private final List<TokenBatch> batches = golden.batches().subList(0, 2);

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void goesOnFromAStateWithTheSameBits(int stages) {
    TorchPartitionLoader loader = PartitionedModel.loader(golden.model(), stages);
    try (PartitionedModel original = new PartitionedModel(loader, stages)) {
      original.step(batches, 1e-2);
      original.step(batches, 1e-2);
      List<PartitionState> states =
          original.partitions().stream().map(partition -> partition.state(2)).toList();
      double loss = original.step(batches, 1e-2);

      try (PartitionedModel restored = new PartitionedModel(loader, states)) {
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
  void isACopyThatLaterStepsDoNotTouch() {
    try (PartitionedModel model = new PartitionedModel(golden.model(), 0)) {
      PartitionState state = model.owner.state(0);
      float[] before = Numbers.of(state.tensors().get(0).value());
      model.step(batches, 1e-2);
      assertThat(Numbers.of(state.tensors().get(0).value())).isEqualTo(before);
      assertThat(state.version()).isZero();
      assertThat(state.optimizerSteps()).isZero();
      assertThat(model.owner.state(1).optimizerSteps()).isEqualTo(1);
    }
  }

  @Test
  void refusesAStateOfAnotherPartitionCutOrModel() {
    TorchPartitionLoader loader = PartitionedModel.loader(golden.model(), 2);
    PartitionState state;
    try (StagePartition stage = loader.stage(1, null)) {
      state = stage.state(0);
    }
    assertThatThrownBy(() -> loader.stage(2, state))
        .isInstanceOf(ModelException.class)
        .hasMessage("state of partition 1: partition 2 needs its own");
    assertThatThrownBy(() -> PartitionedModel.loader(golden.model(), 1).stage(1, state))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("state of partition 1: was trained as block 1 of ")
        .hasMessageContaining("use that model, cut and adapters, this is blocks 1-2 of ");
    PartitionState ofAnother =
        new PartitionState(1, "", state.version(), 0, "another", state.tensors());
    assertThatThrownBy(() -> loader.stage(1, ofAnother))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("state of partition 1: was trained as another: use ");
  }

  @Test
  void discardedGradientsLeaveNoTrace() {
    try (PartitionedModel disturbed = new PartitionedModel(golden.model(), 1);
        PartitionedModel undisturbed = new PartitionedModel(golden.model(), 1)) {
      disturbed.step(batches, 1e-2);
      undisturbed.step(batches, 1e-2);

      disturbed.accumulate(0, golden.batches().get(5));
      TensorData unused = disturbed.forward(1, golden.batches().get(4), true);
      assertThat(unused.isWhole()).isTrue();
      disturbed.partitions().forEach(partition -> partition.discard());
      assertThat(disturbed.squaredNorms().total()).isZero();

      assertThat(disturbed.step(batches, 1e-2)).isEqualTo(undisturbed.step(batches, 1e-2));
      assertThat(disturbed.weights().get("model.norm.weight"))
          .isEqualTo(undisturbed.weights().get("model.norm.weight"));
    }
  }
}
