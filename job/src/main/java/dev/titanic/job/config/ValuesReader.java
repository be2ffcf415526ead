package dev.titanic.job.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads every value of a file by itself, and collects what cannot be one. */
final class ValuesReader {
  private final Problems problems;
  private final Values values = new Values();

  private ValuesReader(Problems problems) {
    this.problems = problems;
  }

  static Values read(YamlNode file, Problems problems) {
    ValuesReader reader = new ValuesReader(problems);
    reader.section(Section.TOP, "", file);
    return reader.values;
  }

  /**
   * @param path of the section with the numbers of items; empty at the top
   */
  private void section(Section section, String path, YamlNode node) {
    values.locate(path, node.location());
    if (node instanceof YamlNode.Mapping mapping) {
      mapping.entries().forEach((name, child) -> entry(section, path, name, child));
    } else if (!isNothing(node)) {
      String what = path.isEmpty() ? "the file" : path;
      problems.add(
          node.location(),
          what
              + ": "
              + node.kind()
              + "; valid: a mapping of "
              + String.join(", ", section.names()));
      return;
    }
    for (Section below : section.sections()) {
      String key = Values.join(path, below.name());
      if (!below.isList() && !values.isLocated(key)) {
        section(below, key, new YamlNode.Mapping(node.location(), Map.of()));
      }
    }
    requireAll(section, path, node.location());
  }

  private void entry(Section section, String path, String name, YamlNode node) {
    String key = Values.join(path, name);
    Optional<Option<?>> option = section.option(name);
    Optional<Section> below = section.section(name);
    if (option.isPresent()) {
      value(option.get(), key, node);
    } else if (below.isPresent() && below.get().isList()) {
      list(below.get(), key, node);
    } else if (below.isPresent()) {
      values.write(key);
      section(below.get(), key, node);
    } else {
      problems.add(node.location(), key + ": unknown key" + nearest(name, section.names()));
    }
  }

  private void list(Section section, String key, YamlNode node) {
    values.locate(key, node.location());
    if (!(node instanceof YamlNode.Sequence sequence)) {
      problems.add(
          node.location(), key + ": " + node.kind() + "; valid: a list, each item with a \"- \"");
      return;
    }
    for (int item = 0; item < sequence.items().size(); item++) {
      section(section, key + "[" + item + "]", sequence.items().get(item));
    }
  }

  private <T> void value(Option<T> option, String key, YamlNode node) {
    values.locate(key, node.location());
    String valid = "; valid: " + option.type().valid();
    String text = text(option, node);
    if (text == null) {
      problems.add(node.location(), key + ": " + node.kind() + valid);
    } else {
      try {
        values.put(key, option.type().reader().apply(text));
      } catch (IllegalArgumentException e) {
        problems.add(node.location(), key + ": " + node.kind() + valid);
      }
    }
  }

  /** What a node says, null when it is not of the kind that the option takes. */
  private static @Nullable String text(Option<?> option, YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar) {
      return scalar.text();
    }
    if (node instanceof YamlNode.Sequence sequence && option.type().javaType() == Names.class) {
      List<String> texts =
          sequence.items().stream()
              .map(item -> item instanceof YamlNode.Scalar scalar ? scalar.text() : "")
              .toList();
      return texts.contains("") ? null : String.join(Names.SEPARATOR, texts);
    }
    return null;
  }

  private void requireAll(Section section, String path, Location location) {
    for (Option<?> option : section.options()) {
      String key = Values.join(path, option.name());
      if (option.required() && !values.isLocated(key)) {
        problems.add(location, key + ": missing; valid: " + option.type().valid());
      }
    }
  }

  private static boolean isNothing(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.text().isEmpty();
  }

  private static String nearest(String name, List<String> names) {
    return NearestName.of(name, names).map(near -> "; nearest valid key: " + near).orElse("");
  }
}
