package dev.titanic.job.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads YAML into nodes that know their places; Jackson's own tree forgets them. */
final class YamlReader {
  private final YAMLParser parser;
  private final Problems problems;

  private YamlReader(YAMLParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /** Reads the first document; an empty one is an empty mapping. */
  static YamlNode read(String yaml, Problems problems) {
    try (YAMLParser parser = new YAMLFactory().createParser(yaml)) {
      if (parser.nextToken() == null) {
        return new YamlNode.Mapping(Location.START, Map.of());
      }
      return new YamlReader(parser, problems).node(Location.START);
    } catch (JsonProcessingException e) {
      problems.add(
          location(e.getLocation()),
          "not YAML: " + problem(e) + "; valid: a configuration in YAML");
    } catch (IOException e) {
      problems.add(Location.START, "not readable: " + e.getMessage());
    }
    return new YamlNode.Mapping(Location.START, Map.of());
  }

  private YamlNode node(Location location) throws IOException {
    if (parser.isCurrentAlias()) {
      problems.add(here(), "an alias (*name); valid: the value itself");
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping(location);
    }
    if (token == JsonToken.START_ARRAY) {
      return sequence(location);
    }
    String text = token == JsonToken.VALUE_NULL ? "" : parser.getText();
    return new YamlNode.Scalar(location, text);
  }

  private YamlNode mapping(Location location) throws IOException {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Location at = here();
      String key = parser.currentName();
      parser.nextToken();
      if (entries.put(key, node(at)) != null) {
        problems.add(at, key + ": written twice; valid: once");
      }
    }
    return new YamlNode.Mapping(location, entries);
  }

  private YamlNode sequence(Location location) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(here()));
    }
    return new YamlNode.Sequence(location, items);
  }

  private Location here() {
    return location(parser.currentTokenLocation());
  }

  private static Location location(JsonLocation location) {
    return new Location(location.getLineNr(), location.getColumnNr());
  }

  /** What is wrong, without what the parser was about to do when it met it. */
  private static String problem(JsonProcessingException e) {
    List<String> lines = e.getOriginalMessage().lines().map(String::strip).toList();
    return lines.stream()
        .filter(line -> line.startsWith("found ") || line.startsWith("expected "))
        .findFirst()
        .orElse(lines.get(0));
  }
}
