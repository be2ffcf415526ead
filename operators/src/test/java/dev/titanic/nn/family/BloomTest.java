package dev.titanic.nn.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.ConfigText;
import dev.titanic.nn.Golden;
import dev.titanic.nn.ModelException;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BloomTest {
  @TempDir private Path directory;

  @Test
  void listsEveryWeightOnce() {
    assertThat(Architecture.of(Golden.of("bloom").model().config()).weights())
        .hasSize(3 + 4 * 12 + 2)
        .doesNotContainKey("lm_head.weight")
        .containsEntry(
            "transformer.h.3.self_attention.query_key_value.weight",
            TensorSpec.of(ElementType.FLOAT32, 72, 24));
  }

  @Test
  void takesSequencesOfAnyLength() {
    assertThat(Architecture.of(Golden.of("bloom").model().config()).maxTokens())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void readsTheNamesOfOlderFiles() throws IOException {
    Architecture now = architecture("'hidden_size': 24, 'n_head': 6, 'n_layer': 3");
    Architecture before =
        architecture("'n_embed': 24, 'num_attention_heads': 6, 'num_hidden_layers': 3");
    assertThat(before).isEqualTo(now);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'hidden_size': 24, 'n_head': 6, 'n_layer': 3, 'slow_but_exact': true, 'pretraining_tp': 2"
            + " | slow_but_exact: true: use false",
        "'hidden_size': 24, 'n_head': 5, 'n_layer': 3"
            + " | n_head: 5: use a divisor of hidden_size",
        "'hidden_size': 24, 'n_head': 6 | n_layer: missing: use a positive integer",
        "'hidden_size': 24, 'n_head': 6, 'n_layer': 3, 'hidden_dropout': 1.5"
            + " | hidden_dropout: 1.5: use a number from 0 to below 1",
        "'hidden_size': 24, 'n_head': 6, 'n_layer': 3, 'attention_dropout': -1"
            + " | attention_dropout: -1: use a number from 0 to below 1",
      })
  void refusesByKeyWhatItDoesNotCompute(String keys, String message) {
    assertThatThrownBy(() -> architecture(keys))
        .isInstanceOf(ModelException.class)
        .hasMessage(directory.resolve("config.json") + ": " + message);
  }

  private Architecture architecture(String keys) throws IOException {
    String json = "{'model_type': 'bloom', 'vocab_size': 97, %s}".formatted(keys);
    return Architecture.of(ConfigText.of(directory, json.replace('\'', '"')));
  }
}
