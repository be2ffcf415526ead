package dev.titanic.job.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code run.yaml} says, as far as the page shows it by name: a report is readable long after
 * the model and the texts are gone, which a configuration must name.
 *
 * @param text all of it
 * @param model directory
 * @param mode of training
 * @param stages K
 * @param clients ids, in the order of the file
 * @param owners ids of the clients with data
 * @param adapters rank of LoRA adapters; 0 when all weights are trained
 */
record RunConfiguration(
    String text,
    String model,
    String mode,
    int stages,
    List<String> clients,
    List<String> owners,
    int adapters) {
  private static final ObjectMapper YAML = new YAMLMapper();

  RunConfiguration {
    clients = List.copyOf(clients);
    owners = List.copyOf(owners);
  }

  /** Reads what is there; what is not there, or not YAML, is left blank. */
  static RunConfiguration of(String text) {
    JsonNode root = parsed(text);
    List<String> clients = new ArrayList<>();
    List<String> owners = new ArrayList<>();
    for (JsonNode client : root.path("clients")) {
      String id = client.path("id").asText();
      clients.add(id);
      if (client.path("data").asBoolean(true)) {
        owners.add(id);
      }
    }
    return new RunConfiguration(
        text,
        root.path("model").path("path").asText(),
        root.path("training").path("mode").asText(),
        root.path("stages").asInt(),
        clients,
        owners,
        root.path("training").path("lora").path("rank").asInt());
  }

  private static JsonNode parsed(String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      return YAML.createObjectNode();
    }
  }

  /** The last name of the model's directory. */
  String modelName() {
    Path name = Path.of(model).getFileName();
    return name == null ? model : name.toString();
  }
}
