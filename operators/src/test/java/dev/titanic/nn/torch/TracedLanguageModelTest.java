package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.graph.GeneratedModels;
import dev.titanic.nn.graph.TracedFiles;
import dev.titanic.nn.graph.TracedModel;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.TensorData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Traced language models as partitions of owner and stages. */
final class TracedLanguageModelTest {
  private static final int STEPS = 50;
  private static final double LEARNING_RATE = 1e-3;
  private static final int VOCABULARY = 23;

  @TempDir private Path directory;

  private TracedModel model(String name) {
    return TracedModel.open(file(name));
  }

  private Path file(String name) {
    return name.equals("generated")
        ? GeneratedModels.transformer(directory.resolve("model.pt"))
        : TracedFiles.of(name);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt2,0",
    "gpt2,1",
    "gpt2,2",
    "llama,0",
    "llama,1",
    "llama,2",
    "generated,0",
    "generated,2"
  })
  void trainsToTheSameBitsAsTheWholeFile(String name, int stages) {
    TracedModel model = model(name);
    try (OriginalArchive whole = new OriginalArchive(file(name), model.weights());
        TracedPartitions partitions = new TracedPartitions(model, stages)) {
      PtNDArray one = (PtNDArray) whole.scope().ones(new Shape(), DataType.FLOAT64);
      for (int step = 0; step < STEPS; step++) {
        TokenBatch batch = batch(step, 3, 5 + step % 7);
        PtNDArray tokens = Transfer.in(whole.scope(), batch.inputs(), 3, batch.length());
        PtNDArray targets = Transfer.in(whole.scope(), batch.targets(), 3, batch.length());
        PtNDArray logits = whole.run(tokens);
        PtNDArray loss = whole.loss(logits, targets);
        JniUtils.backward(loss, one, false, false);

        TensorData hidden = partitions.forward(0, batch, true);
        assertThat(Numbers.of(partitions.owner().logits(hidden)))
            .isEqualTo(Numbers.of(Transfer.out(logits)));
        double lossSum = partitions.backward(0, hidden, batch);
        assertThat(lossSum).isEqualTo(Transfer.doublesOut(loss)[0]);

        double factor = 1.0 / batch.targetCount();
        whole.step(factor, LEARNING_RATE);
        partitions.step(factor, LEARNING_RATE);
      }
      TracedPartsTest.assertSameBits(partitions.weights(), whole.weights());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama", "generated"})
  void everyCutGivesTheSameBitsWithMicroBatchesInFlight(String name) {
    TracedModel model = model(name);
    try (TracedPartitions owner = new TracedPartitions(model, 0);
        TracedPartitions one = new TracedPartitions(model, 1);
        TracedPartitions two = new TracedPartitions(model, 2)) {
      for (int step = 0; step < STEPS; step++) {
        List<TokenBatch> batches = List.of(batch(3L * step, 2, 9), batch(3L * step + 1, 2, 7));
        double expected = owner.accumulate(batches);
        assertThat(one.accumulate(batches)).isEqualTo(expected);
        assertThat(two.accumulate(batches)).isEqualTo(expected);
        assertThat(one.squaredNorms()).isEqualTo(owner.squaredNorms());
        assertThat(two.squaredNorms()).isEqualTo(owner.squaredNorms());
        for (TracedPartitions each : List.of(owner, one, two)) {
          each.step(1.0 / 28, LEARNING_RATE);
        }
      }
      TracedPartsTest.assertSameBits(one.weights(), owner.weights());
      TracedPartsTest.assertSameBits(two.weights(), owner.weights());
    }
  }

  @Test
  void goesOnFromATrainedStateWithTheSameBits() {
    TracedModel model = model("gpt2");
    List<TokenBatch> batches = List.of(batch(1, 2, 9));
    try (TracedPartitions trained = new TracedPartitions(model, 1)) {
      trained.accumulate(batches);
      trained.step(0.1, LEARNING_RATE);
      try (TracedPartitions restored = new TracedPartitions(model, 1, trained.states())) {
        assertThat(restored.accumulate(batches)).isEqualTo(trained.accumulate(batches));
        restored.step(0.1, LEARNING_RATE);
        trained.step(0.1, LEARNING_RATE);
        TracedPartsTest.assertSameBits(restored.weights(), trained.weights());
      }
    }
  }

  @Test
  void leaksNoNativeArray() {
    TracedModel model = model("generated");
    try (TracedPartitions partitions = new TracedPartitions(model, 1)) {
      partitions.accumulate(List.of(batch(1, 2, 9)));
      partitions.squaredNorms();
      partitions.step(0.1, LEARNING_RATE);
      int arrays = partitions.liveArrays();
      for (int step = 0; step < 100; step++) {
        partitions.accumulate(List.of(batch(step, 2, 9), batch(step, 1, 4)));
        partitions.squaredNorms();
        partitions.step(0.1, LEARNING_RATE);
      }
      assertThat(partitions.liveArrays()).isEqualTo(arrays);
    }
  }

  @Test
  void refusesTokensOutsideTheVocabularyAndLongSequencesWithoutNamingTokens() {
    try (TracedPartitions partitions = new TracedPartitions(model("generated"), 0)) {
      assertThatThrownBy(() -> partitions.forward(0, TokenBatch.of(new int[] {1, 4711}), false))
          .hasMessage("a token id is out of range: use 0 to 96");
      assertThatThrownBy(() -> partitions.forward(0, TokenBatch.of(new int[33]), false))
          .isInstanceOf(ModelException.class)
          .hasMessage("a sequence of 33 tokens: the model takes at most 32");
    }
  }

  @Test
  void saysHowManyStagesAreTheMost() {
    TracedModel model = model("generated");
    assertThatThrownBy(() -> new TracedPartitions(model, 40))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("stages: 40: ")
        .hasMessageEndingWith(
            "can be cut for at most 6; what uses embed.weight twice stays together");
  }

  private static TokenBatch batch(long seed, int sequences, int tokens) {
    Random random = new Random(seed);
    List<int[]> rows = new ArrayList<>();
    for (int row = 0; row < sequences; row++) {
      rows.add(random.ints(tokens, 0, VOCABULARY).toArray());
    }
    return TokenBatch.of(rows.toArray(int[][]::new));
  }
}
