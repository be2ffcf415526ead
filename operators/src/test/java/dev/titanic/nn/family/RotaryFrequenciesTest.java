package dev.titanic.nn.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.ConfigText;
import dev.titanic.nn.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RotaryFrequenciesTest {
  private static final String LLAMA3 =
      "'factor': 8, 'low_freq_factor': 1, 'high_freq_factor': 4,"
          + " 'original_max_position_embeddings': 32";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'rope_parameters': {'rope_type': 'default', 'rope_theta': 500}}"
            + " | {'rope_theta': 500, 'rope_scaling': null}",
        "{'rope_parameters': {'rope_type': 'linear', 'rope_theta': 500, 'factor': 2}}"
            + " | {'rope_theta': 500, 'rope_scaling': {'type': 'linear', 'factor': 2.0}}",
        "{'rope_parameters': {'rope_type': 'llama3', 'rope_theta': 1e4, "
            + LLAMA3
            + "}}"
            + " | {'rope_scaling': {'rope_type': 'llama3', "
            + LLAMA3
            + "}}",
      })
  void readsTheSpellingOfOlderFiles(String now, String before) throws IOException {
    assertThat(frequencies(now)).isEqualTo(frequencies(before));
  }

  @Test
  void theOlderSpellingWinsWhereBothAre() throws IOException {
    assertThat(
            frequencies(
                "{'rope_parameters': {'rope_type': 'yarn', 'rope_theta': 7},"
                    + " 'rope_scaling': {'type': 'linear', 'factor': 2}, 'rope_theta': 500}"))
        .isEqualTo(
            frequencies("{'rope_parameters': {'type': 'linear', 'factor': 2, 'rope_theta': 500}}"));
  }

  @Test
  void stretchesFromTheLengthBeforeStretching() throws IOException {
    String stated = "{'rope_parameters': {'rope_type': 'llama3', " + LLAMA3 + "}}";
    assertThat(frequencies(stated.replace("32}}", "16}, 'original_max_position_embeddings': 32}")))
        .isEqualTo(frequencies(stated));
    assertThat(
            frequencies(
                stated
                    .replace(", 'original_max_position_embeddings': 32", "")
                    .replace("}}", "}, 'max_position_embeddings': 32}")))
        .isEqualTo(frequencies(stated));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'rope_parameters': {'rope_type': 'yarn'}}"
            + " | rope_parameters: rope_type: \"yarn\": use default, linear or llama3",
        "{'rope_parameters': {'rope_type': 'longrope'}}"
            + " | rope_parameters: rope_type: \"longrope\": use default, linear or llama3",
        "{'rope_scaling': {'type': 'dynamic', 'factor': 2}}"
            + " | rope_scaling: type: \"dynamic\": use default, linear or llama3",
        "{'rope_scaling': {'type': 'linear'}}"
            + " | rope_scaling: factor: missing: use a positive number",
        "{'rope_parameters': {'rope_type': 'llama3', 'factor': 2}}"
            + " | rope_parameters: low_freq_factor: missing: use a positive number",
        "{'rope_parameters': {'rope_theta': 'large'}}"
            + " | rope_parameters: rope_theta: \"large\": use a positive number",
      })
  void refusesByKeyWhatItDoesNotCompute(String json, String message) {
    assertThatThrownBy(() -> frequencies(json))
        .isInstanceOf(ModelException.class)
        .hasMessage(directory.resolve("config.json") + ": " + message);
  }

  private RotaryFrequencies frequencies(String json) throws IOException {
    return RotaryFrequencies.of(ConfigText.of(directory, json.replace('\'', '"')), "rope_theta");
  }
}
