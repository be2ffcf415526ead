package dev.titanic.nn.graph;

import dev.titanic.nn.graph.Operand.Variable;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Follows the input's content through a straight line. */
final class Origins {
  private final StraightLine line;
  private final Map<Variable, Origin> byVariable = new HashMap<>();

  Origins(StraightLine line) {
    this.line = line;
    byVariable.put(line.input(), Origin.CONTENT);
    for (Operation operation : line.operations()) {
      Origin origin = result(operation);
      operation.results().forEach(result -> byVariable.put(result, origin));
    }
  }

  Origin of(Operand operand) {
    if (operand instanceof Variable variable) {
      Origin origin = byVariable.get(variable);
      if (origin == null) {
        throw new IllegalStateException(variable + " is used before it is computed");
      }
      return origin;
    }
    return line.isTrained(operand) ? Origin.WEIGHTS : Origin.SHAPE;
  }

  private Origin result(Operation operation) {
    if (Functions.isShape(operation.name())) {
      return Origin.SHAPE;
    }
    Set<Origin> origins = EnumSet.of(Origin.SHAPE);
    operation.uses().forEach(use -> origins.add(of(use)));
    if (origins.contains(Origin.CONTENT)) {
      return hidesContent(operation, origins) ? Origin.ACTIVATION : Origin.CONTENT;
    }
    return origins.stream().reduce((one, other) -> one.compareTo(other) > 0 ? one : other).get();
  }

  /** Content looked up in weights, multiplied with a matrix of them, or added to an activation. */
  private static boolean hidesContent(Operation operation, Set<Origin> origins) {
    boolean activation = origins.contains(Origin.ACTIVATION);
    boolean weights = origins.contains(Origin.WEIGHTS);
    return Functions.isMixing(operation.name()) && (activation || weights)
        || Functions.isElementwise(operation.name()) && activation;
  }
}
