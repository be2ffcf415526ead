package dev.titanic.nn.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.nn.ComputeType;
import dev.titanic.nn.Cut;
import dev.titanic.nn.Golden;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelConfig;
import dev.titanic.nn.family.Adapters;
import dev.titanic.nn.family.Architecture;
import dev.titanic.schemas.edge.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ModelCostTest {
  private static final BatchShape BATCH = new BatchShape(4, 8, 24);
  private static final Lora LORA = new Lora(4, 8, 0, List.of("q_proj", "v_proj"), false, null);

  @ParameterizedTest
  @MethodSource("dev.titanic.nn.Golden#names")
  void theWeightsOfAllPartitionsAreThoseOfTheModel(String name) throws Exception {
    Architecture architecture = Architecture.of(Golden.of(name).model().config());
    ModelCost model = ModelCost.of(architecture, new BatchShape(4, 2, 24));
    long parameters =
        architecture.weights().values().stream().mapToLong(TensorSpec::elements).sum();
    int blocks = architecture.blocks().size();
    for (int stages = 0; stages < blocks; stages++) {
      Cut cut = Cut.even(blocks, 1, stages);
      long sum = 0;
      for (int partition = 0; partition <= stages; partition++) {
        sum += model.partition(cut, partition).parameters();
      }
      assertThat(sum).as("%d stages", stages).isEqualTo(parameters);
    }
  }

  @Test
  void aBlockKeepsWhatItsProgramSaves() throws Exception {
    ModelConfig config = Golden.of("llama").model().config();
    ModelCost model = ModelCost.of(Architecture.of(config), new BatchShape(1, 2, 24));

    // Floats of every token: input, normed and scaled twice, q, k, v, attended, attended out;
    // gate, its activation, up, their product; scales of the norms; logsumexp of every head.
    long hidden = config.positive("hidden_size");
    long inner = config.positive("intermediate_size");
    long heads = config.positive("num_attention_heads");
    assertThat(model.blocks().get(0).pass().kept() / (4 * 2 * 24))
        .isEqualTo(6 * hidden + 4 * hidden + 4 * inner + 2 + heads);
  }

  @Test
  void aWindowOfMicroBatchesIsKept() throws Exception {
    Architecture architecture = Architecture.of(Golden.of("llama").model().config());
    Cut cut = Cut.even(4, 1, 3);
    Memory one = ModelCost.of(architecture, new BatchShape(1, 64, 24)).partition(cut, 2).memory();
    ModelCost eight = ModelCost.of(architecture, new BatchShape(8, 64, 24));

    // Three stages and the owner: four micro-batches.
    assertThat(eight.partition(cut, 2).memory().activations() - one.activations())
        .isEqualTo(3 * (eight.blocks().get(2).pass().kept() + eight.boundaryBytes()));
  }

  @Test
  void aStageOfOwnersAtOnceKeepsOneMicroBatchMoreForEachFurtherOwner() throws Exception {
    Architecture architecture = Architecture.of(Golden.of("llama").model().config());
    Cut cut = Cut.even(4, 1, 3);
    ModelCost alone = ModelCost.of(architecture, new BatchShape(1, 8, 64, 24));
    ModelCost three = ModelCost.of(architecture, new BatchShape(3, 8, 64, 24));
    long kept = alone.blocks().get(2).pass().kept() + alone.boundaryBytes();

    assertThat(activations(three, cut, 2) - activations(alone, cut, 2)).isEqualTo(2 * kept);
    assertThat(activations(three, cut, 0)).isEqualTo(activations(alone, cut, 0));
    assertThat(three.partition(cut, 2).flops()).isEqualTo(3 * alone.partition(cut, 2).flops());
  }

  @Test
  void aStageOfOwnersAtOnceKeepsNoMoreMicroBatchesThanAStepHas() throws Exception {
    Architecture architecture = Architecture.of(Golden.of("llama").model().config());
    Cut cut = Cut.even(4, 1, 3);
    ModelCost step = ModelCost.of(architecture, new BatchShape(4, 1, 64, 24));
    ModelCost alone = ModelCost.of(architecture, new BatchShape(1, 4, 64, 24));

    assertThat(activations(step, cut, 2)).isEqualTo(activations(alone, cut, 2));
  }

  private static long activations(ModelCost model, Cut cut, int partition) {
    return model.partition(cut, partition).memory().activations();
  }

  @ParameterizedTest
  @MethodSource("dev.titanic.nn.Golden#names")
  void knowsEveryComputeTypeAndRecomputation(String name) throws Exception {
    Architecture architecture = Architecture.of(Golden.of(name).model().config());

    assertThat(kept(ModelCost.of(architecture, BATCH, ComputeType.BFLOAT16, false))).isPositive();
    assertThat(kept(ModelCost.of(architecture, BATCH, ComputeType.FLOAT32, true)))
        .isEqualTo(4L * 8 * 24 * architecture.hidden());
  }

  @Test
  void frozenWeightsHaveNeitherGradientsNorMoments() throws Exception {
    Architecture base = Architecture.of(Golden.of("llama").model().config());
    Architecture adapted = Adapters.of(base, LORA).architecture();
    Cut cut = Cut.even(4, 1, 1);
    PartitionCost full = ModelCost.of(base, BATCH).partition(cut, 1);
    PartitionCost lora = ModelCost.of(adapted, BATCH).partition(cut, 1);

    assertThat(lora.trainable()).isEqualTo(lora.parameters() - full.parameters());
    assertThat(lora.memory().training()).isEqualTo(3 * 4 * lora.trainable());
    assertThat(lora.flops()).isLessThan(full.flops());
  }

  private static long kept(ModelCost model) {
    return model.blocks().get(0).pass().kept();
  }
}
