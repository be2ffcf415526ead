package dev.titanic.nn.torch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.nn.ComputeType;
import dev.titanic.nn.Golden;
import dev.titanic.nn.Lora;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.protocol.TokenBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products of operands rounded to bfloat16, over float32 weights. */
final class BFloat16Test {

  /** Eight bits of mantissa: an operand is off by at most 1/256 of itself. */
  private static final double ROUNDING = 1.0 / 256;

  private static Stream<String> fixtures() {
    return Golden.names().stream();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void trainsEveryFamilyNearlyAsInFloat32(String name) {
    Golden golden = Golden.of(name);
    List<Double> exact = losses(golden, 1, PartitionedModel.settings());
    List<Double> rounded = losses(golden, 1, narrow());
    assertThat(rounded).isNotEqualTo(exact);
    for (int step = 0; step < exact.size(); step++) {
      assertThat(rounded.get(step)).isCloseTo(exact.get(step), within(ROUNDING * exact.get(step)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void cutsToTheSameBits(int stages) {
    Golden golden = Golden.of("llama");
    assertThat(losses(golden, stages, narrow())).isEqualTo(losses(golden, 0, narrow()));
    TrainingSettings adapting = narrow().with(lora());
    assertThat(losses(golden, stages, adapting)).isEqualTo(losses(golden, 0, adapting));
    assertThat(losses(golden, stages, narrow().recomputing()))
        .isEqualTo(losses(golden, 0, narrow()));
  }

  /** What is smaller than a bfloat16 can add to a weight still adds up. */
  @Test
  void keepsWeightsInFloat32() {
    Golden golden = Golden.of("llama");
    try (PartitionedModel model = model(golden, 0, narrow())) {
      float[] before = requireNonNull(model.weights().get("model.layers.0.mlp.up_proj.weight"));
      model.step(golden.batches().subList(0, 1), 1e-6);
      float[] after = requireNonNull(model.weights().get("model.layers.0.mlp.up_proj.weight"));
      assertThat(after).isNotEqualTo(before);
      Numbers.assertClose("weights", after, before, 2e-6);
    }
  }

  private static TrainingSettings narrow() {
    return PartitionedModel.settings().in(ComputeType.BFLOAT16);
  }

  private static Lora lora() {
    return new Lora(4, 8, 0, List.of("q_proj", "down_proj"), false, null);
  }

  private static PartitionedModel model(Golden golden, int stages, TrainingSettings settings) {
    return new PartitionedModel(PartitionedModel.loader(golden.model(), stages, settings), stages);
  }

  private static List<Double> losses(Golden golden, int stages, TrainingSettings settings) {
    List<TokenBatch> batches = golden.batches();
    List<Double> losses = new ArrayList<>();
    try (PartitionedModel model = model(golden, stages, settings)) {
      for (int step = 0; step < 6; step++) {
        losses.add(model.step(batches.subList(0, 2), 1e-3));
      }
    }
    return losses;
  }
}
