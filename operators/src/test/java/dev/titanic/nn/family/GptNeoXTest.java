package dev.titanic.nn.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.ConfigText;
import dev.titanic.nn.Golden;
import dev.titanic.nn.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GptNeoXTest {
  private static final String CONFIG =
      "{'model_type': 'gpt_neox', 'vocab_size': 97, 'hidden_size': 24, 'intermediate_size': 96,"
          + " 'num_hidden_layers': 2, 'num_attention_heads': 3, %s}";

  @TempDir private Path directory;

  @Test
  void listsEveryWeightOnce() {
    assertThat(Architecture.of(Golden.of("gpt-neox").model().config()).weights())
        .hasSize(1 + 4 * 12 + 3)
        .containsKey("embed_out.weight");
  }

  @Test
  void mayHaveATiedHeadAndNoBiasesInAttention() throws IOException {
    assertThat(architecture("'tie_word_embeddings': true, 'attention_bias': false").weights())
        .hasSize(1 + 2 * 10 + 2)
        .doesNotContainKey("embed_out.weight")
        .doesNotContainKey("gpt_neox.layers.0.attention.dense.bias");
  }

  @Test
  void readsTheNamesOfOlderFiles() throws IOException {
    Architecture now =
        architecture("'rope_parameters': {'rope_theta': 500, 'partial_rotary_factor': 0.5}");
    assertThat(architecture("'rotary_emb_base': 500, 'rotary_pct': 0.5")).isEqualTo(now);
  }

  @Test
  void rotatesAQuarterOfAHeadWhenTheConfigurationDoesNotSayIt() throws IOException {
    assertThat(architecture("'layer_norm_eps': 1e-5"))
        .isEqualTo(architecture("'rotary_pct': 0.25"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'num_attention_heads': 5 | num_attention_heads: 5: use a divisor of hidden_size",
        "'rotary_pct': 1.5 | rotary_pct: 1.5: use a part of the 8 dimensions of a head",
        "'rotary_pct': 0.1 | rotary_pct: 0.1: use a part of the 8 dimensions of a head",
        "'rope_parameters': {'partial_rotary_factor': 2}"
            + " | rope_parameters: partial_rotary_factor: 2: use a part of the 8 dimensions of a head",
        "'rope_scaling': {'type': 'yarn', 'factor': 4}"
            + " | rope_scaling: type: \"yarn\": use default, linear or llama3",
        "'hidden_act': 'xielu' | hidden_act: \"xielu\": use gelu, gelu_10, gelu_accurate, gelu_fast, gelu_new, gelu_python, gelu_python_tanh, gelu_pytorch_tanh, hardswish, laplace, leaky_relu, linear, mish, quick_gelu, relu, relu2, relu6, sigmoid, silu, sqrtsoftplus, swish, tanh",
        "'hidden_dropout': 1 | hidden_dropout: 1: use a number from 0 to below 1",
      })
  void refusesByKeyWhatItDoesNotCompute(String keys, String message) {
    assertThatThrownBy(() -> architecture(keys))
        .isInstanceOf(ModelException.class)
        .hasMessage(directory.resolve("config.json") + ": " + message);
  }

  private Architecture architecture(String keys) throws IOException {
    return Architecture.of(ConfigText.of(directory, CONFIG.formatted(keys).replace('\'', '"')));
  }
}
