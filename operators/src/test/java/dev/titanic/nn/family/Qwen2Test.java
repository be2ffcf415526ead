package dev.titanic.nn.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.ConfigText;
import dev.titanic.nn.Golden;
import dev.titanic.nn.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Qwen2Test {
  private static final String CONFIG =
      "{'model_type': 'qwen2', 'vocab_size': 97, 'hidden_size': 32, 'intermediate_size': 40,"
          + " 'num_hidden_layers': 2, 'num_attention_heads': 4, 'sliding_window': 7, %s}";

  @TempDir private Path directory;

  @Test
  void hasBiasesOnQueriesKeysAndValuesOnly() {
    assertThat(Architecture.of(Golden.of("qwen2").model().config()).weights())
        .hasSize(1 + 4 * 12 + 1)
        .containsKeys(
            "model.layers.3.self_attn.q_proj.bias", "model.layers.3.self_attn.k_proj.bias")
        .containsKey("model.layers.3.self_attn.v_proj.bias")
        .doesNotContainKey("model.layers.3.self_attn.o_proj.bias");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'use_sliding_window': false | ",
        "'use_sliding_window': true | ",
        "'use_sliding_window': true, 'max_window_layers': 0, 'sliding_window': null | ",
        "'use_sliding_window': true, 'max_window_layers': 0,"
            + " 'layer_types': ['full_attention', 'full_attention'] | ",
        "'use_sliding_window': true, 'max_window_layers': 1 | 1",
        "'use_sliding_window': true, 'max_window_layers': 0 | 0 1",
        "'use_sliding_window': true, 'layer_types': ['sliding_attention', 'full_attention'] | 0",
      })
  void blocksSeeTheWindowThatTheirTypeOrIndexGivesThem(String keys, @Nullable String windowed)
      throws IOException {
    List<String> blocks = new ArrayList<>();
    List<Part> parts = architecture(keys).blocks();
    for (int block = 0; block < parts.size(); block++) {
      if (parts.get(block).source().contains("torch.gt(tokens, 7)")) {
        blocks.add(Integer.toString(block));
      }
    }
    assertThat(String.join(" ", blocks)).isEqualTo(windowed == null ? "" : windowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'max_window_layers': -1, 'use_sliding_window': true"
            + " | max_window_layers: -1: use an integer from 0 on",
        "'layer_types': ['sliding_attention', 'full_attention']"
            + " | layer_types: [\"sliding_attention\",\"full_attention\"]: use 2 times full_attention",
        "'use_sliding_window': true, 'layer_types': ['full_attention']"
            + " | layer_types: [\"full_attention\"]: use 2 times full_attention or sliding_attention",
        "'use_sliding_window': true, 'layer_types': ['full_attention', 'conv']"
            + " | layer_types: [\"full_attention\",\"conv\"]: use 2 times full_attention or sliding_attention",
        "'rope_scaling': {'type': 'yarn', 'factor': 4}"
            + " | rope_scaling: type: \"yarn\": use default, linear or llama3",
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
