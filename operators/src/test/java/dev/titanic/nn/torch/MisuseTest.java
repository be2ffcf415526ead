package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.Golden;
import dev.titanic.nn.ModelException;
import dev.titanic.protocol.MicroBatch;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.TensorData;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class MisuseTest {
  private final Golden golden = Golden.of("llama");
  private final TokenBatch batch = golden.batches().get(0);
  @AutoClose private final PartitionedModel model = new PartitionedModel(golden.model(), 1);

  @Test
  void refusesToUpdateWhileAMicroBatchIsInFlight() {
    model.owner.forward(new MicroBatch(0, 3), batch, true);
    assertThatThrownBy(() -> model.owner.commit(1, 1e-3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("in flight: [micro-batch 3 on version 0]");
  }

  @Test
  void refusesAMicroBatchThatIsInFlightAlreadyOrNotAtAll() {
    TensorData hidden = model.owner.forward(new MicroBatch(0, 0), batch, true);
    assertThatThrownBy(() -> model.owner.forward(new MicroBatch(0, 0), batch, true))
        .hasMessage("micro-batch 0 on version 0 is in flight already");
    assertThatThrownBy(() -> model.stages.get(0).backward(new MicroBatch(0, 7), hidden))
        .hasMessage("micro-batch 7 on version 0 is not in flight");
  }

  @Test
  void refusesTokensOutsideTheVocabularyWithoutNamingThem() {
    assertThatThrownBy(
            () ->
                model.owner.forward(new MicroBatch(0, 0), TokenBatch.of(new int[] {1, 4711}), true))
        .hasMessage("a token id is out of range: use 0 to 192");
  }

  @Test
  void refusesASequenceLongerThanTheModelTakes() {
    assertThatThrownBy(
            () -> model.owner.forward(new MicroBatch(0, 0), TokenBatch.of(new int[65]), false))
        .isInstanceOf(ModelException.class)
        .hasMessage("a sequence of 65 tokens: the model takes at most 64");
  }
}
