package dev.titanic.nn.graph;

import dev.titanic.nn.graph.Operand.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a straight line pure: without operations that write in place, that differ in training, or
 * whose results nobody uses. Only then can it be cut anywhere, and parts of it be run again.
 */
final class PureLine {
  private final Map<Variable, Operation> definitions = new HashMap<>();
  private final Map<Variable, Integer> uses = new HashMap<>();

  private PureLine(StraightLine line) {

    for (Operation operation : line.operations()) {
      operation.results().forEach(result -> definitions.put(result, operation));
      for (Operand use : operation.uses()) {
        if (use instanceof Variable variable) {
          uses.merge(variable, 1, Integer::sum);
        }
      }
    }
  }

  static StraightLine of(StraightLine line) {
    PureLine pure = new PureLine(line);
    List<Operation> operations = new ArrayList<>();
    for (Operation operation : line.operations()) {
      Functions.requireEvaluation(operation);
      operations.add(
          Functions.isInPlace(operation.name()) ? pure.withoutWriting(operation) : operation);
    }
    return new StraightLine(
        line.input(), useful(operations, Set.of(line.output())), line.output(), line.tensors());
  }

  /** Nobody may look at what would have been overwritten. */
  private Operation withoutWriting(Operation operation) {
    boolean replaceable =
        Functions.hasPureTwin(operation.name())
            && operation.arguments().get(0) instanceof Variable target
            && uses.getOrDefault(target, 0) == 1
            && definitions.containsKey(target)
            && Functions.isFresh(twin(definitions.get(target).name()));
    if (!replaceable) {
      throw Unsupported.at(
          operation.place(), "'" + operation.function() + "', which writes in place");
    }
    return new Operation(
        operation.place(),
        operation.results(),
        twin(operation.function()),
        operation.arguments(),
        operation.keywords());
  }

  private static String twin(String function) {
    return function.endsWith("_") ? function.substring(0, function.length() - 1) : function;
  }

  /** Drops operations that the outputs do not need. */
  static List<Operation> useful(List<Operation> operations, Set<Variable> outputs) {
    Set<Operand> needed = new HashSet<>(outputs);
    List<Operation> useful = new ArrayList<>();
    for (int i = operations.size() - 1; i >= 0; i--) {
      Operation operation = operations.get(i);
      if (operation.results().stream().anyMatch(needed::contains)) {
        needed.addAll(operation.uses());
        useful.add(0, operation);
      }
    }
    return useful;
  }
}
