package dev.titanic.nn.graph;

import java.util.List;
import java.util.Map;

/**
 * A class in the source of an archive.
 *
 * @param parameters names of the attributes that are trained
 * @param methods by name
 */
record ScriptClass(String name, List<String> parameters, Map<String, Method> methods) {
  ScriptClass {
    parameters = List.copyOf(parameters);
    methods = Map.copyOf(methods);
  }

  /**
   * A method that is a straight line.
   *
   * @param place in the source, for messages
   * @param parameters without {@code self}
   */
  record Method(
      String place, List<String> parameters, List<Assignment> assignments, Expression result) {
    Method {
      parameters = List.copyOf(parameters);
      assignments = List.copyOf(assignments);
    }
  }

  /**
   * {@code a = value}, or {@code a, b, = value}.
   *
   * @param place in the source, for messages
   */
  record Assignment(String place, List<String> targets, Expression value) {
    Assignment {
      targets = List.copyOf(targets);
    }
  }
}
