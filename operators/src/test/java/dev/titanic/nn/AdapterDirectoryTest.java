package dev.titanic.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.family.Adapters;
import dev.titanic.nn.family.Architecture;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdapterDirectoryTest {
  private static final Golden GOLDEN = Golden.of("llama");

  @TempDir private Path directory;

  @BeforeEach
  void copyAdapters() throws IOException {
    Path original = GOLDEN.adapters("adapter-before").path();
    for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
      Files.copy(original.resolve(file), directory.resolve(file));
    }
  }

  @Test
  void readsWhatPeftWrote() {
    AdapterDirectory adapters = AdapterDirectory.open(directory);

    assertThat(adapters.settings())
        .isEqualTo(new Lora(4, 8, 0, List.of("q_proj", "v_proj"), false, directory.toString()));
    adapters.requireFits(adaptersOf("llama", adapters.settings()));
  }

  @Test
  void takesSettingsThatDifferFromTheDefaults() throws IOException {
    edit("\"lora_dropout\": 0.0", "\"lora_dropout\": 0.1");
    edit("\"use_rslora\": false", "\"use_rslora\": true");
    edit("\"init_lora_weights\": true", "\"init_lora_weights\": \"gaussian\"");

    Lora settings = AdapterDirectory.open(directory).settings();

    assertThat(settings.dropout()).isEqualTo(0.1);
    assertThat(settings.scale()).isEqualTo(8 / Math.sqrt(4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"use_dora\": false|\"use_dora\": true|use_dora: true: use an adapter without it",
        "\"rank_pattern\": {}|\"rank_pattern\": {\"q_proj\": 8}"
            + "|rank_pattern: {\"q_proj\":8}: use an adapter without it",
        "\"alpha_pattern\": {}|\"alpha_pattern\": {\"q_proj\": 8}"
            + "|alpha_pattern: {\"q_proj\":8}: use an adapter without it",
        "\"layers_to_transform\": null|\"layers_to_transform\": [0]"
            + "|layers_to_transform: [0]: use an adapter without it",
        "\"modules_to_save\": null|\"modules_to_save\": [\"lm_head\"]"
            + "|modules_to_save: [\"lm_head\"]: use an adapter without it",
        "\"lora_bias\": false|\"some_new_switch\": 3|some_new_switch: 3: use an adapter without it",
        "\"bias\": \"none\"|\"bias\": \"all\"|bias: \"all\": use none",
        "\"peft_type\": \"LORA\"|\"peft_type\": \"IA3\"|peft_type: \"IA3\": use LORA",
        "\"task_type\": \"CAUSAL_LM\"|\"task_type\": \"SEQ_CLS\""
            + "|task_type: \"SEQ_CLS\": use CAUSAL_LM",
        "\"init_lora_weights\": true|\"init_lora_weights\": \"pissa\""
            + "|init_lora_weights: \"pissa\": use true, or an adapter that was converted to an"
            + " ordinary one",
        "\"r\": 4|\"r\": 0|r: 0: use a positive integer",
      })
  void refusesByKeyWhatItDoesNotCompute(String from, String to, String message) throws IOException {
    edit(from, to);

    assertThatThrownBy(() -> AdapterDirectory.open(directory))
        .isInstanceOf(ModelException.class)
        .hasMessage(directory.resolve("adapter_config.json") + ": " + message);
  }

  @Test
  void refusesTargetsByExpression() throws IOException {
    edit("[\n    \"q_proj\",\n    \"v_proj\"\n  ]", "\".*proj\"");

    assertThatThrownBy(() -> AdapterDirectory.open(directory))
        .hasMessageEndingWith("target_modules: \".*proj\": use a list of strings");
  }

  @Test
  void saysWhichFileIsMissing() throws IOException {
    Files.delete(directory.resolve("adapter_model.safetensors"));
    assertThatThrownBy(() -> AdapterDirectory.open(directory))
        .hasMessage(directory + ": has no weights: add adapter_model.safetensors");
    Files.delete(directory.resolve("adapter_config.json"));
    assertThatThrownBy(() -> AdapterDirectory.open(directory))
        .hasMessage(directory + ": has no adapter_config.json: use a PEFT directory");
  }

  @Test
  void refusesWeightsThatAreNoAdapters() throws IOException {
    Files.copy(
        GOLDEN.model().path().resolve("model.safetensors"),
        Files.createDirectory(directory.resolve("other")).resolve("adapter_model.safetensors"));
    Files.copy(
        directory.resolve("adapter_config.json"), directory.resolve("other/adapter_config.json"));

    assertThatThrownBy(() -> AdapterDirectory.open(directory.resolve("other")))
        .hasMessageEndingWith(
            "is no weight of an adapter: use only MODULE.lora_A.weight and MODULE.lora_B.weight");
  }

  @Test
  void refusesAdaptersOfAnotherModelOrOfOtherTargets() {
    AdapterDirectory adapters = AdapterDirectory.open(directory);
    Lora settings = adapters.settings();

    assertThatThrownBy(() -> adapters.requireFits(adaptersOf("llama-gqa", settings)))
        .hasMessageEndingWith(
            "model.layers.0.self_attn.q_proj.lora_A.weight: shape [4, 48]: the model needs"
                + " [4, 64]");
    assertThatThrownBy(
            () ->
                adapters.requireFits(
                    adaptersOf("llama", settings.withTargets(List.of("q_proj", "k_proj")))))
        .hasMessageEndingWith("k_proj.lora_A.weight: is missing: use adapters of this model");
    assertThatThrownBy(
            () ->
                adapters.requireFits(adaptersOf("llama", settings.withTargets(List.of("q_proj")))))
        .hasMessageEndingWith(
            "v_proj.lora_A.weight: the model has no such adapter: use adapters of this model");
  }

  private static Map<String, TensorSpec> adaptersOf(String model, Lora settings) {
    return Adapters.of(Architecture.of(Golden.of(model).model().config()), settings).weights();
  }

  private void edit(String from, String to) throws IOException {
    Path file = directory.resolve("adapter_config.json");
    assertThat(Files.readString(file)).contains(from);
    ModelCopy.edit(file, from, to);
  }
}
