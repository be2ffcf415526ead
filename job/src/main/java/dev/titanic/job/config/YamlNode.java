package dev.titanic.job.config;

import java.util.List;
import java.util.Map;

/** A piece of the file that knows where it is. */
sealed interface YamlNode {

  /** Where the node's key is, or the node itself when it has none. */
  Location location();

  /** What it is, for messages. */
  String kind();

  record Scalar(Location location, String text) implements YamlNode {
    @Override
    public String kind() {
      return text.isEmpty() ? "nothing" : text;
    }
  }

  record Sequence(Location location, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  record Mapping(Location location, Map<String, YamlNode> entries) implements YamlNode {
    @Override
    public String kind() {
      return "a mapping";
    }
  }
}
