package dev.titanic.nn.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.Golden;
import dev.titanic.nn.ModelConfig;
import dev.titanic.nn.ModelCopy;
import dev.titanic.nn.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MistralTest {
  private static final String WINDOW = "\"sliding_window\": 7,";

  @TempDir private Path directory;

  @Test
  void seesAllTokensWhenTheWindowIsNull() throws IOException {
    assertThat(block(edited(WINDOW, "\"sliding_window\": null,")))
        .doesNotContain("masked_attention");
  }

  @Test
  void hasTheWindowOfTransformersWhenTheKeyIsMissing() throws IOException {
    assertThat(block(edited(WINDOW, ""))).contains("torch.gt(tokens, 4096)");
  }

  private static String block(ModelConfig config) {
    return Architecture.of(config).blocks().get(3).source();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"sliding_window\": 7 | \"sliding_window\": 0"
            + " | sliding_window: 0: use a positive integer",
        "\"hidden_act\": \"silu\" | \"hidden_act\": \"swiglu\""
            + " | hidden_act: \"swiglu\": use gelu, gelu_10, gelu_accurate, gelu_fast, gelu_new, gelu_python, gelu_python_tanh, gelu_pytorch_tanh, hardswish, laplace, leaky_relu, linear, mish, quick_gelu, relu, relu2, relu6, sigmoid, silu, sqrtsoftplus, swish, tanh",
        "\"head_dim\": 6 | \"head_dim\": 5 | head_dim: 5: use an even number",
        "\"rms_norm_eps\" | \"partial_rotary_factor\": 0.5, \"rms_norm_eps\""
            + " | partial_rotary_factor: 0.5: use 1",
      })
  void refusesByKeyWhatItDoesNotCompute(String from, String to, String message) throws IOException {
    ModelConfig config = edited(from, to);
    assertThatThrownBy(() -> Architecture.of(config))
        .isInstanceOf(ModelException.class)
        .hasMessage(directory.resolve("config.json") + ": " + message);
  }

  private ModelConfig edited(String from, String to) throws IOException {
    return ModelCopy.edited(Golden.of("mistral"), directory, from, to).config();
  }
}
