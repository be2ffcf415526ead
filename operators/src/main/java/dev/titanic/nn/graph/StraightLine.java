package dev.titanic.nn.graph;

import dev.titanic.nn.graph.Operand.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole model as one list of operations without calls or branches.
 *
 * @param input the model's only argument
 * @param output its only result, a tensor
 * @param tensors what operations use of the archive, by name
 */
record StraightLine(
    Variable input, List<Operation> operations, Variable output, Map<String, StoredValue> tensors) {
  StraightLine {
    operations = List.copyOf(operations);
    tensors = new LinkedHashMap<>(tensors);
  }

  /**
   * A tensor of the archive.
   *
   * @param trained false for buffers, constants, and parameters that are frozen
   */
  record StoredValue(ArchivedTensor tensor, boolean trained) {}

  /** The attribute of a program in which one of the tensors is, if it is no argument. */
  String attribute(String tensor) {
    return "stored" + List.copyOf(tensors.keySet()).indexOf(tensor);
  }

  /** One of the tensors, by its name. */
  StoredValue tensor(String name) {
    StoredValue value = tensors.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the model has no tensor " + name);
    }
    return value;
  }

  /** Whether an operand is a trained weight. */
  boolean isTrained(Operand operand) {
    return operand instanceof Operand.Stored stored && tensor(stored.name()).trained();
  }
}
