package dev.titanic.nn.graph;

import dev.titanic.nn.graph.Operand.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what is alive at every position of a straight line. A position is a boundary when every
 * live value may cross it: an activation, or something that depends on the input's shape only.
 */
final class Boundaries {
  private final StraightLine line;
  private final Origins origins;
  private final Map<Variable, Integer> definedAt = new HashMap<>();
  private final Map<Variable, Integer> lastUse = new HashMap<>();
  private final Set<Variable> takenApart = new HashSet<>();

  Boundaries(StraightLine line) {
    this.line = line;
    this.origins = new Origins(line);
    definedAt.put(line.input(), -1);
    List<Operation> operations = line.operations();
    for (int i = 0; i < operations.size(); i++) {
      for (Variable result : operations.get(i).results()) {
        definedAt.put(result, i);
      }
      for (Operand use : operations.get(i).uses()) {
        if (use instanceof Variable variable) {
          lastUse.put(variable, i);
        }
      }
      if (operations.get(i).function().equals(Operation.UNPACK)
          && operations.get(i).arguments().get(0) instanceof Variable list) {
        takenApart.add(list);
      }
    }
    lastUse.put(line.output(), operations.size());
  }

  /** Variables that are defined before a position and used behind it, in order. */
  private List<Variable> live(int position) {
    return definedAt.entrySet().stream()
        .filter(entry -> entry.getValue() < position)
        .map(Map.Entry::getKey)
        .filter(variable -> lastUse.getOrDefault(variable, -1) >= position)
        .sorted((a, b) -> Integer.compare(a.id(), b.id()))
        .toList();
  }

  /** The boundary at a position, if everything that is alive there may cross it. */
  Optional<Boundary> at(int position) {
    List<Variable> tensors = new ArrayList<>();
    Set<Variable> numbers = new LinkedHashSet<>();
    Set<Integer> again = new TreeSet<>();
    for (Variable variable : live(position)) {
      boolean crosses =
          switch (origins.of(variable)) {
            case CONTENT -> false;
            case SHAPE -> again(variable, again, numbers);
            case WEIGHTS, ACTIVATION -> isTensor(variable) && tensors.add(variable);
          };
      if (!crosses) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Boundary(
            position,
            List.copyOf(numbers),
            tensors,
            again.stream().map(line.operations()::get).toList()));
  }

  /**
   * Collects the operations that compute a value again, back to extents of tensors that are not
   * there any more.
   *
   * @return whether that is possible
   */
  private boolean again(Variable variable, Set<Integer> again, Set<Variable> numbers) {
    int definition = definedAt.getOrDefault(variable, -1);
    Operation operation = line.operations().get(definition);
    boolean fromShapes = operation.uses().stream().allMatch(use -> origins.of(use) == Origin.SHAPE);
    if (!fromShapes) {
      boolean extent = operation.name().equals("size") && operation.arguments().size() == 2;
      return extent && (numbers.add(variable) || numbers.contains(variable));
    }
    if (again.add(definition)) {
      for (Operand use : operation.uses()) {
        if (use instanceof Variable source && !again(source, again, numbers)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a variable is a tensor, not a number or a list. */
  boolean isTensor(Variable variable) {
    int definition = definedAt.getOrDefault(variable, -1);
    if (definition < 0) {
      return true;
    }
    Operation operation = line.operations().get(definition);
    return !takenApart.contains(variable)
        && !Functions.isAggregate(operation.name())
        && !Functions.isNumber(operation);
  }
}
