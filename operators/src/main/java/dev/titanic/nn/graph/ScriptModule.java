package dev.titanic.nn.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A module of a TorchScript archive: its class, and its attributes in the order of their
 * declaration, which are modules, {@link ArchivedTensor}s, or values of Java.
 */
final class ScriptModule {
  private final String className;
  private final Map<String, @Nullable Object> attributes = new LinkedHashMap<>();

  /**
   * @param className such as {@code __torch__.torch.nn.modules.linear.Linear}
   */
  ScriptModule(String className) {
    this.className = className;
  }

  String className() {
    return className;
  }

  Map<String, @Nullable Object> attributes() {
    return attributes;
  }
}
