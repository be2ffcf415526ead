package dev.titanic.nn.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.nn.Cut;
import dev.titanic.nn.Golden;
import dev.titanic.nn.Lora;
import dev.titanic.schemas.edge.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FootprintTest {

  @ParameterizedTest
  @ValueSource(strings = {"llama", "llama-gqa"})
  void theWeightsOfAllPartitionsAreThoseOfTheModel(String name) throws Exception {
    Architecture architecture = Architecture.of(Golden.of(name).model().config());
    int blocks = architecture.blocks().size();
    long model = architecture.weights().values().stream().mapToLong(TensorSpec::bytes).sum();
    for (int stages = 0; stages < blocks; stages++) {
      Cut cut = Cut.even(blocks, 1, stages);
      long sum = 0;
      for (int partition = 0; partition <= stages; partition++) {
        Footprint footprint = Footprint.of(architecture, cut, partition, 4, 2, 24);
        assertThat(footprint.training()).isEqualTo(3 * footprint.weights());
        sum += footprint.weights();
      }
      assertThat(sum).as("%d stages", stages).isEqualTo(model);
    }
  }

  @Test
  void frozenWeightsHaveNeitherGradientsNorMoments() throws Exception {
    Architecture architecture = Architecture.of(Golden.of("llama").model().config());
    Architecture adapted =
        Adapters.of(architecture, new Lora(4, 8, 0, List.of("q_proj"), false, null)).architecture();
    Footprint footprint = Footprint.of(adapted, Cut.even(4, 1, 3), 1, 4, 2, 24);

    long adapters = 4 * (4 * 48 + 48 * 4); // A (4, 48) and B (48, 4) in float32
    assertThat(footprint.training()).isEqualTo(3 * adapters);
    assertThat(footprint.weights())
        .isEqualTo(Footprint.of(architecture, Cut.even(4, 1, 3), 1, 4, 2, 24).weights() + adapters);
  }

  @Test
  void theWindowHoldsInputsAndOutputsOfTheMicroBatchesInFlight() throws Exception {
    Architecture architecture = Architecture.of(Golden.of("llama").model().config());
    Footprint footprint = Footprint.of(architecture, Cut.even(4, 1, 3), 1, 8, 2, 24);

    // 2 sequences of 24 tokens, hidden size 48; stage 1 has at most 4 micro-batches in flight.
    assertThat(footprint.window()).isEqualTo(2 * 4 * 2 * 24 * 48 * 4);
  }
}
