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

final class LlamaTest {
  @TempDir private Path directory;

  @Test
  void listsEveryWeightOnce() {
    Architecture untied = Architecture.of(Golden.of("llama").model().config());
    assertThat(untied.weights()).hasSize(2 + 4 * 9 + 1).containsKey("lm_head.weight");
    Architecture tied = Architecture.of(Golden.of("llama-gqa").model().config());
    assertThat(tied.weights()).hasSize(1 + 3 * 9 + 1).doesNotContainKey("lm_head.weight");
    assertThat(tied.weights())
        .containsEntry(
            "model.layers.0.self_attn.k_proj.weight", TensorSpec.of(ElementType.FLOAT32, 16, 64));
  }

  @Test
  void derivesTheHeadSizeWhenTheConfigurationDoesNotSayIt() throws IOException {
    assertThat(Architecture.of(edited("\"head_dim\": 8,", "")).weights())
        .isEqualTo(Architecture.of(Golden.of("llama-gqa").model().config()).weights());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"attention_dropout\": 0, | \"attention_dropout\": 1,"
            + " | attention_dropout: 1: use a number from 0 to below 1",
        "\"pad_token_id\": null | \"pad_token_id\": 193"
            + " | pad_token_id: 193: use an integer from -193 to 192, or null",
        "\"hidden_size\": 64 | \"hidden_size\": -1 | hidden_size: -1: use a positive integer",
        "\"vocab_size\": 193 | \"size\": 193 | vocab_size: missing: use a positive integer",
        "\"num_key_value_heads\": 2 | \"num_key_value_heads\": 3"
            + " | num_key_value_heads: 3: use a divisor of num_attention_heads",
        "\"head_dim\": 8 | \"head_dim\": 7 | head_dim: 7: use an even number",
        "\"rms_norm_eps\": 1e-06 | \"rms_norm_eps\": \"small\""
            + " | rms_norm_eps: \"small\": use a positive number",
      })
  void refusesByKeyWhatItDoesNotCompute(String from, String to, String message) throws IOException {
    ModelConfig config = edited(from, to);
    assertThatThrownBy(() -> Architecture.of(config))
        .isInstanceOf(ModelException.class)
        .hasMessage(directory.resolve("config.json") + ": " + message);
  }

  @Test
  void refusesAnUnknownFamilyWithThoseThatThereAre() throws IOException {
    ModelConfig config = edited("\"model_type\": \"llama\"", "\"model_type\": \"mamba\"");
    assertThatThrownBy(() -> Architecture.of(config))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith("use bloom, gpt2, gpt_neox, llama, mistral, opt, qwen2");
  }

  private ModelConfig edited(String from, String to) throws IOException {
    return ModelCopy.edited(Golden.of("llama-gqa"), directory, from, to).config();
  }
}
