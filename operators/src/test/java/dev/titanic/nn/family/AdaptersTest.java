package dev.titanic.nn.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.ComputeType;
import dev.titanic.nn.Golden;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelException;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AdaptersTest {
  private final Architecture llama = Architecture.of(Golden.of("llama-gqa").model().config());

  @Test
  void trainsTwoSmallWeightsForEveryTargetAndNothingElse() {
    Adapters adapters = Adapters.of(llama, lora("v_proj"));

    assertThat(adapters.weights())
        .hasSize(2 * 3)
        .containsEntry(
            "model.layers.1.self_attn.v_proj.lora_A.weight",
            TensorSpec.of(ElementType.FLOAT32, 4, 64))
        .containsEntry(
            "model.layers.1.self_attn.v_proj.lora_B.weight",
            TensorSpec.of(ElementType.FLOAT32, 16, 4));
    assertThat(adapters.architecture().weights())
        .containsAllEntriesOf(llama.weights())
        .hasSize(llama.weights().size() + 2 * 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"q_proj", "self_attn.q_proj", "layers.2.self_attn.q_proj"})
  void matchesAModuleByTheEndOfItsPath(String target) {
    assertThat(Adapters.of(llama, lora(target)).weights())
        .containsKey("model.layers.2.self_attn.q_proj.lora_A.weight")
        .hasSize(target.contains("layers") ? 2 : 2 * 3);
  }

  @Test
  void matchesWholeNamesOnly() {
    assertThatThrownBy(() -> Adapters.of(llama, lora("q_proj", "proj")))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "targets: proj: matches no linear layer of the model: use q_proj, k_proj, v_proj,"
                + " o_proj, gate_proj, up_proj, down_proj, lm_head, or only all-linear");
  }

  @Test
  void hasNoAdaptersForEmbeddings() {
    assertThatThrownBy(() -> Adapters.of(llama, lora("embed_tokens")))
        .hasMessageStartingWith("targets: embed_tokens: matches no linear layer of the model");
  }

  @ParameterizedTest
  @CsvSource({
    "llama, q_proj v_proj",
    "mistral, q_proj v_proj",
    "qwen2, q_proj v_proj",
    "opt, q_proj v_proj",
    "gpt2, c_attn",
    "bloom, query_key_value",
    "gpt-neox, query_key_value"
  })
  void hasTheDefaultTargetsOfPeft(String model, String targets) {
    Architecture architecture = Architecture.of(Golden.of(model).model().config());
    assertThat(Adapters.of(architecture, lora()).settings().targets())
        .containsExactly(targets.split(" "));
  }

  @Test
  void adaptsALayerOfEitherOrientation() {
    Architecture gpt2 = Architecture.of(Golden.of("gpt2").model().config());
    Adapters adapters = Adapters.of(gpt2, lora("c_attn"));

    assertThat(adapters.fanInFanOut()).isTrue();
    assertThat(Adapters.of(llama, lora()).fanInFanOut()).isFalse();
    assertThat(adapters.weights())
        .containsEntry(
            "transformer.h.0.attn.c_attn.lora_B.weight",
            TensorSpec.of(ElementType.FLOAT32, 144, 4));
  }

  @Test
  void spellsOutAllLinearLayersButTheHead() {
    Adapters adapters = Adapters.of(llama, lora(Lora.ALL_LINEAR));

    assertThat(adapters.settings().targets())
        .containsExactly(
            "self_attn.q_proj",
            "self_attn.k_proj",
            "self_attn.v_proj",
            "self_attn.o_proj",
            "mlp.gate_proj",
            "mlp.up_proj",
            "mlp.down_proj");
    assertThat(adapters.weights()).hasSize(2 * 3 * 7);
  }

  @Test
  void blocksWithTheSameAdaptersShareAProgram() {
    Architecture everywhere = Adapters.of(llama, lora("q_proj")).architecture();
    assertThat(everywhere.program(0, ComputeType.FLOAT32))
        .isEqualTo(everywhere.program(2, ComputeType.FLOAT32));
    Architecture somewhere = Adapters.of(llama, lora("layers.1.self_attn.q_proj")).architecture();
    assertThat(somewhere.program(0, ComputeType.FLOAT32))
        .isNotEqualTo(somewhere.program(1, ComputeType.FLOAT32));
    assertThat(somewhere.program(0, ComputeType.FLOAT32))
        .isEqualTo(llama.program(0, ComputeType.FLOAT32));
  }

  private static Lora lora(String... targets) {
    return new Lora(4, 8, 0, List.of(targets), false, null);
  }
}
