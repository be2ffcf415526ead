package dev.titanic.job.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON Schema of the configuration file, made from the options; editors complete with it. */
final class ConfigSchema {
  private ConfigSchema() {}

  static ObjectNode generate() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Titanic configuration");
    schema.setAll(section(Section.TOP));
    return schema;
  }

  private static ObjectNode section(Section section) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ArrayNode required = schema.arrayNode();
    for (Option<?> option : section.options()) {
      String name = option.isNumbered() ? option.namePattern().pattern() : option.name();
      schema
          .withObjectProperty(option.isNumbered() ? "patternProperties" : "properties")
          .set(name, option(option));
      if (option.required()) {
        required.add(name);
      }
    }
    for (Section below : section.sections()) {
      schema.withObjectProperty("properties").set(below.name(), below(below));
      if (below.options().stream().anyMatch(Option::required)) {
        required.add(below.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  private static ObjectNode below(Section section) {
    if (!section.isList()) {
      return section(section);
    }
    ObjectNode list = JsonNodeFactory.instance.objectNode().put("type", "array");
    list.put("minItems", 1).set("items", section(section));
    return list;
  }

  private static ObjectNode option(Option<?> option) {
    String end = option.required() ? "" : " Default: " + option.defaultText() + ".";
    return option.type().schema().deepCopy().put("description", option.description() + end);
  }
}
