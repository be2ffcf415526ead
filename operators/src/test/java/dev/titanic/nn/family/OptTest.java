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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptTest {
  @TempDir private Path directory;

  @Test
  void listsEveryWeightOnce() {
    Architecture tied = Architecture.of(Golden.of("opt").model().config());
    assertThat(tied.maxTokens()).isEqualTo(64);
    assertThat(tied.weights())
        .hasSize(2 + 4 * 16 + 2)
        .doesNotContainKey("lm_head.weight")
        .containsEntry(
            "model.decoder.embed_positions.weight", TensorSpec.of(ElementType.FLOAT32, 66, 48));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"enable_bias\": true | \"enable_bias\": false | 24",
        "\"layer_norm_elementwise_affine\": true | \"layer_norm_elementwise_affine\": false | 18",
        "\"_remove_final_layer_norm\": false | \"_remove_final_layer_norm\": true | 2",
        "\"tie_word_embeddings\": true | \"tie_word_embeddings\": false | -1",
      })
  void hasNoWeightsForWhatIsSwitchedOff(String from, String to, int fewer) throws IOException {
    assertThat(Architecture.of(edited(from, to)).weights()).hasSize(2 + 4 * 16 + 2 - fewer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"word_embed_proj_dim\": 48 | \"word_embed_proj_dim\": 24"
            + " | word_embed_proj_dim: 24: use hidden_size, 48",
        "\"do_layer_norm_before\": true | \"do_layer_norm_before\": false"
            + " | do_layer_norm_before: false: use true",
        "\"layerdrop\": 0.0 | \"layerdrop\": 0.1" + " | layerdrop: 0.1: use 0",
        "\"activation_function\": \"relu\" | \"activation_function\": \"xielu\""
            + " | activation_function: \"xielu\": use gelu, gelu_10, gelu_accurate, gelu_fast, gelu_new, gelu_python, gelu_python_tanh, gelu_pytorch_tanh, hardswish, laplace, leaky_relu, linear, mish, quick_gelu, relu, relu2, relu6, sigmoid, silu, sqrtsoftplus, swish, tanh",
        "\"num_attention_heads\": 4 | \"num_attention_heads\": 7"
            + " | num_attention_heads: 7: use a divisor of hidden_size",
        "\"dropout\": 0 | \"dropout\": 1.5" + " | dropout: 1.5: use a number from 0 to below 1",
      })
  void refusesByKeyWhatItDoesNotCompute(String from, String to, String message) throws IOException {
    ModelConfig config = edited(from, to);
    assertThatThrownBy(() -> Architecture.of(config))
        .isInstanceOf(ModelException.class)
        .hasMessage(directory.resolve("config.json") + ": " + message);
  }

  private ModelConfig edited(String from, String to) throws IOException {
    return ModelCopy.edited(Golden.of("opt"), directory, from, to).config();
  }
}
