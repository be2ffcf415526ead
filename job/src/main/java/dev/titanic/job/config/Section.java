package dev.titanic.job.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mapping of the file: its options and the sections below it.
 *
 * @param path as in {@link Option#key}; empty at the top
 */
record Section(String path) {
  static final Section TOP = new Section("");
  static final Section CLIENTS = new Section("clients[]");
  static final Section LORA = new Section("training.lora");

  /** The options directly in this section. */
  List<Option<?>> options() {
    return Options.ALL.stream()
        .filter(option -> option.section().equals(path))
        .<Option<?>>map(option -> option)
        .toList();
  }

  /** The sections directly below this one; a list's section ends with {@code []}. */
  List<Section> sections() {
    Set<String> paths = new LinkedHashSet<>();
    for (Option<?> option : Options.ALL) {
      String section = option.section();
      if (!section.equals(path) && section.startsWith(prefix())) {
        int end = section.indexOf('.', prefix().length());
        paths.add(end < 0 ? section : section.substring(0, end));
      }
    }
    return paths.stream().map(Section::new).toList();
  }

  /** The names of all keys that may be written here. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    options().forEach(option -> names.add(option.name()));
    sections().forEach(section -> names.add(section.name()));
    return names;
  }

  Optional<Option<?>> option(String name) {
    return options().stream()
        .filter(option -> option.namePattern().matcher(name).matches())
        .<Option<?>>map(option -> option)
        .findFirst();
  }

  Optional<Section> section(String name) {
    return sections().stream().filter(section -> section.name().equals(name)).findFirst();
  }

  /** Whether the file writes a list of such mappings. */
  boolean isList() {
    return path.endsWith("[]");
  }

  String name() {
    return path.substring(path.lastIndexOf('.') + 1).replace("[]", "");
  }

  /** The full key of a name in this section. */
  String key(String name) {
    return Values.join(path, name);
  }

  private String prefix() {
    return path.isEmpty() ? "" : path + ".";
  }
}
