package dev.titanic.nn.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.Golden;
import dev.titanic.nn.ModelConfig;
import dev.titanic.nn.ModelCopy;
import dev.titanic.nn.ModelException;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Gpt2Test {
  @TempDir private Path directory;

  @Test
  void listsEveryWeightOnce() {
    Architecture tied = Architecture.of(Golden.of("gpt2").model().config());
    assertThat(tied.maxTokens()).isEqualTo(64);
    assertThat(tied.weights())
        .hasSize(2 + 4 * 12 + 2)
        .doesNotContainKey("lm_head.weight")
        .containsEntry(
            "transformer.h.3.attn.c_attn.weight", TensorSpec.of(ElementType.FLOAT32, 48, 144));
  }

  @Test
  void hasAHeadOfItsOwnWhenItIsNotTied() throws IOException {
    Architecture untied =
        Architecture.of(edited("\"tie_word_embeddings\": true", "\"tie_word_embeddings\": false"));
    assertThat(untied.weights()).containsKey("lm_head.weight");
  }

  @Test
  void takesTheInnerSizeFromTheConfiguration() throws IOException {
    assertThat(Architecture.of(edited("\"n_inner\": null", "\"n_inner\": 100")).weights())
        .containsEntry(
            "transformer.h.0.mlp.c_fc.weight", TensorSpec.of(ElementType.FLOAT32, 48, 100));
  }

  @Test
  void leavesScoresUnscaledWhenTheConfigurationSaysSo() throws IOException {
    Architecture unscaled =
        Architecture.of(edited("\"scale_attn_weights\": true", "\"scale_attn_weights\": false"));
    assertThat(unscaled.blocks().get(0).source()).contains("scale=1.0");
  }

  @Test
  void mayDivideScoresByTheNumberOfTheBlock() throws IOException {
    List<Part> blocks =
        Architecture.of(
                edited(
                    "\"scale_attn_by_inverse_layer_idx\": false",
                    "\"scale_attn_by_inverse_layer_idx\": true"))
            .blocks();
    assertThat(blocks.get(0).source()).contains("scale=0.288675");
    assertThat(blocks.get(3).source()).contains("scale=0.072168");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"add_cross_attention\": false | \"add_cross_attention\": true"
            + " | add_cross_attention: true: use false",
        "\"activation_function\": \"gelu_new\" | \"activation_function\": \"prelu\""
            + " | activation_function: \"prelu\": use gelu, gelu_10, gelu_accurate, gelu_fast, gelu_new, gelu_python, gelu_python_tanh, gelu_pytorch_tanh, hardswish, laplace, leaky_relu, linear, mish, quick_gelu, relu, relu2, relu6, sigmoid, silu, sqrtsoftplus, swish, tanh",
        "\"n_head\": 4 | \"n_head\": 5" + " | n_head: 5: use a divisor of n_embd",
        "\"embd_pdrop\": 0 | \"embd_pdrop\": 1"
            + " | embd_pdrop: 1: use a number from 0 to below 1",
        "\"attn_pdrop\": 0 | \"attn_pdrop\": -0.1"
            + " | attn_pdrop: -0.1: use a number from 0 to below 1",
        "\"resid_pdrop\": 0 | \"resid_pdrop\": \"some\""
            + " | resid_pdrop: \"some\": use a number from 0 to below 1",
        "\"n_positions\": 64 | \"positions\": 64"
            + " | n_positions: missing: use a positive integer",
      })
  void refusesByKeyWhatItDoesNotCompute(String from, String to, String message) throws IOException {
    ModelConfig config = edited(from, to);
    assertThatThrownBy(() -> Architecture.of(config))
        .isInstanceOf(ModelException.class)
        .hasMessage(directory.resolve("config.json") + ": " + message);
  }

  private ModelConfig edited(String from, String to) throws IOException {
    return ModelCopy.edited(Golden.of("gpt2"), directory, from, to).config();
  }
}
