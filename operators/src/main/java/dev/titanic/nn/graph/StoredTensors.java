package dev.titanic.nn.graph;

import dev.titanic.nn.graph.Operand.Stored;
import dev.titanic.nn.graph.StraightLine.StoredValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names for the tensors of an archive: as in the model's {@code state_dict}, a tied one by its
 * first name.
 */
final class StoredTensors {
  private final ScriptArchive archive;
  private final Map<String, StoredValue> all = new LinkedHashMap<>();
  private final Map<String, StoredValue> used = new LinkedHashMap<>();

  StoredTensors(ScriptArchive archive) {
    this.archive = archive;
    collect("", archive.root());
  }

  private void collect(String path, ScriptModule module) {
    List<String> parameters = archive.classOf(module).parameters();
    module
        .attributes()
        .forEach(
            (name, value) -> {
              if (value instanceof ArchivedTensor tensor) {
                boolean trained = parameters.contains(name) && tensor.requiresGradient();
                add(path + name, new StoredValue(tensor, trained));
              }
            });
    module
        .attributes()
        .forEach(
            (name, value) -> {
              if (value instanceof ScriptModule submodule) {
                collect(path + name + ".", submodule);
              }
            });
  }

  private void add(String name, StoredValue value) {
    if (all.values().stream().noneMatch(known -> known.tensor().isSameAs(value.tensor()))) {
      all.put(name, value);
    }
  }

  /** Names a tensor of a module. */
  Stored named(ArchivedTensor tensor) {
    for (Map.Entry<String, StoredValue> entry : all.entrySet()) {
      if (entry.getValue().tensor().isSameAs(tensor)) {
        used.put(entry.getKey(), entry.getValue());
        return new Stored(entry.getKey());
      }
    }
    throw new IllegalStateException("a tensor that no module holds");
  }

  /** Names a constant of the source, such as {@code c0}. */
  Stored constant(String place, String name) {
    if (!name.matches("c\\d{1,9}")) {
      throw Unsupported.at(place, "constant " + name);
    }
    int index = Integer.parseInt(name.substring(1));
    String unique = "CONSTANTS." + name;
    used.put(unique, new StoredValue(archive.constant(place, index), false));
    return new Stored(unique);
  }

  /** What was asked for, in the order of the tree of modules. */
  Map<String, StoredValue> used() {
    Map<String, StoredValue> ordered = new LinkedHashMap<>(all);
    ordered.keySet().retainAll(used.keySet());
    used.forEach(ordered::putIfAbsent);
    return ordered;
  }
}
