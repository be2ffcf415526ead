package dev.titanic.nn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code adapter_config.json} of a PEFT directory, both ways. */
final class PeftConfig {
  static final String FILE = "adapter_config.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keys that are read, or that change nothing in what an adapter computes. */
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "peft_type",
          "task_type",
          "r",
          "lora_alpha",
          "lora_dropout",
          "target_modules",
          "use_rslora",
          "bias",
          "init_lora_weights",
          "fan_in_fan_out", // PEFT corrects it by the type of the layer
          "inference_mode",
          "base_model_name_or_path",
          "revision",
          "auto_mapping",
          "peft_version",
          "megatron_core",
          "qalora_group_size",
          "loftq_config",
          "eva_config");

  private final Path directory;
  private final JsonNode root;
  private final ModelConfig config;

  private PeftConfig(Path directory, JsonNode root) {
    this.directory = directory;
    this.root = root;
    this.config = new ModelConfig(directory.resolve(FILE).toString(), root);
  }

  /**
   * Reads the settings of a PEFT directory, as ones to go on from it.
   *
   * @throws ModelException naming a key that Titanic does not support
   */
  static Lora read(Path directory) {
    JsonNode root = ModelDirectory.json(directory.resolve(FILE));
    PeftConfig config = new PeftConfig(directory, root);
    root.properties().forEach(entry -> config.refuseUnlessOff(entry.getKey(), entry.getValue()));
    return config.settings();
  }

  private void refuseUnlessOff(String key, JsonNode value) {
    boolean off = value.isNull() || value.isContainerNode() && value.isEmpty();
    if (!UNDERSTOOD.contains(key) && !off && !value.equals(BooleanNode.FALSE)) {
      throw config.invalid(key, "an adapter without it");
    }
  }

  private Lora settings() {
    require("peft_type", "LORA");
    if (config.has("task_type")) {
      require("task_type", "CAUSAL_LM");
    }
    if (config.has("bias")) {
      require("bias", "none");
    }
    refuseChangedBase();
    return new Lora(
        config.positive("r", 8),
        config.number("lora_alpha", 8),
        config.rate("lora_dropout", 0),
        targets(),
        config.flag("use_rslora", false),
        directory.toString());
  }

  /** A string would be a regular expression, except for one. */
  private List<String> targets() {
    String key = "target_modules";
    return root.path(key).asText().equals(Lora.ALL_LINEAR)
        ? List.of(Lora.ALL_LINEAR)
        : config.texts(key);
  }

  private void require(String key, String only) {
    if (!config.text(key).equals(only)) {
      throw config.invalid(key, only);
    }
  }

  /** Some initialisations change the base weights, too, whenever PEFT loads the adapter. */
  private void refuseChangedBase() {
    String key = "init_lora_weights";
    JsonNode value = root.path(key);
    Set<String> harmless = Set.of("gaussian", "orthogonal", "eva");
    if (value.isTextual() && !harmless.contains(value.textValue())) {
      throw config.invalid(key, "true, or an adapter that was converted to an ordinary one");
    }
  }

  /**
   * Writes the settings of adapters; PEFT fills in its defaults for all other keys.
   *
   * @param lora with every target spelt out
   * @param fanInFanOut whether the layers store their weights as (in, out)
   * @param base where the base model is
   */
  static void write(Path directory, Lora lora, boolean fanInFanOut, Path base) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("base_model_name_or_path", base.toString());
    root.put("bias", "none");
    root.put("fan_in_fan_out", fanInFanOut);
    root.put("inference_mode", true);
    root.put("init_lora_weights", true);
    if (lora.alpha() == Math.rint(lora.alpha())) {
      root.put("lora_alpha", (long) lora.alpha()); // PEFT declares it so
    } else {
      root.put("lora_alpha", lora.alpha());
    }
    root.put("lora_dropout", lora.dropout());
    root.put("peft_type", "LORA");
    root.put("r", lora.rank());
    lora.targets().forEach(root.putArray("target_modules")::add);
    root.put("task_type", "CAUSAL_LM");
    root.put("use_rslora", lora.rslora());
    JSON.writerWithDefaultPrettyPrinter().writeValue(directory.resolve(FILE).toFile(), root);
  }
}
