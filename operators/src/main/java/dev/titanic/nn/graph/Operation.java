package dev.titanic.nn.graph;

import static java.util.stream.Collectors.joining;

import dev.titanic.nn.graph.Operand.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One operation of a straight line.
 *
 * @param place in the source, for messages
 * @param results more than one when a list or tuple is taken apart at once
 * @param function such as {@code torch.add}, {@code int} or {@link #UNPACK}
 * @param keywords arguments by name, behind the others
 */
record Operation(
    String place,
    List<Variable> results,
    String function,
    List<Operand> arguments,
    Map<String, Operand> keywords) {

  /** Takes a list apart. */
  static final String UNPACK = "unpack";

  Operation {
    results = List.copyOf(results);
    arguments = List.copyOf(arguments);
    keywords = new LinkedHashMap<>(keywords);
  }

  /** Variables and stored tensors among the arguments, each once. */
  Set<Operand> uses() {
    Set<Operand> uses = new LinkedHashSet<>();
    for (Operand argument : all()) {
      argument.visit(
          operand -> {
            if (!(operand instanceof Operand.Literal)) {
              uses.add(operand);
            }
          });
    }
    return uses;
  }

  private List<Operand> all() {
    List<Operand> all = new ArrayList<>(arguments);
    all.addAll(keywords.values());
    return all;
  }

  /** The operation's name without its namespace. */
  String name() {
    return function.substring(function.lastIndexOf('.') + 1);
  }

  /** Writes this operation as a line of TorchScript. */
  String source(Function<Operand, String> names) {
    String targets =
        results.size() == 1
            ? results.get(0).toString()
            : results.stream().map(result -> result + ", ").collect(joining()).stripTrailing();
    List<String> written = new ArrayList<>();
    arguments.forEach(argument -> written.add(argument.source(names)));
    keywords.forEach((key, value) -> written.add(key + "=" + value.source(names)));
    return function.equals(UNPACK)
        ? targets + " = " + written.get(0)
        : targets + " = " + function + "(" + String.join(", ", written) + ")";
  }
}
