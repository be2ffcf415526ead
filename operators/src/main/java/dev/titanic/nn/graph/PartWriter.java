package dev.titanic.nn.graph;

import static java.util.stream.Collectors.joining;

import dev.titanic.nn.graph.Operand.Stored;
import dev.titanic.nn.graph.Operand.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the operations between two boundaries as a method. */
final class PartWriter {
  private static final String HEAD = "def %s(self, x: Tensor, weights: List[Tensor]) -> Tensor:";

  private final StraightLine line;
  private final @Nullable Boundary start;
  private final @Nullable Boundary end;
  private final List<Operation> operations;
  private final List<String> weights = new ArrayList<>();
  private final Map<String, String> tensors = new LinkedHashMap<>();

  private PartWriter(StraightLine line, @Nullable Boundary start, @Nullable Boundary end) {
    this.line = line;
    this.start = start;
    this.end = end;
    this.operations = operations();
    Set<Operand> used = new HashSet<>();
    operations.forEach(operation -> used.addAll(operation.uses()));
    for (String name : line.tensors().keySet()) {
      Stored stored = new Stored(name);
      if (used.contains(stored) && line.isTrained(stored)) {
        weights.add(name);
      } else if (used.contains(stored)) {
        tensors.put(line.attribute(name), name);
      }
    }
  }

  /**
   * @param start null for the first part
   * @param end null for the last part
   */
  static GraphPart write(
      String method, StraightLine line, @Nullable Boundary start, @Nullable Boundary end) {
    PartWriter writer = new PartWriter(line, start, end);
    return new GraphPart(writer.source(method), writer.weights, writer.tensors);
  }

  private List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    int first = start == null ? 0 : start.position();
    int last = end == null ? line.operations().size() : end.position();
    if (start != null) {
      all.addAll(start.again());
    }
    all.addAll(line.operations().subList(first, last));
    return PureLine.useful(all, outputs());
  }

  private Set<Variable> outputs() {
    if (end == null) {
      return Set.of(line.output());
    }
    Set<Variable> outputs = new LinkedHashSet<>(end.numbers());
    outputs.addAll(end.tensors());
    return outputs;
  }

  private String source(String method) {
    List<String> lines = new ArrayList<>();
    unpack(lines);
    operations.forEach(operation -> lines.add(operation.source(this::name)));
    lines.add("return " + result());
    return HEAD.formatted(method) + "\n" + String.join("\n", lines).indent(2);
  }

  /** Takes apart what arrived; what is not used is not named. */
  private void unpack(List<String> lines) {
    if (start == null) {
      return;
    }
    Set<Operand> used = new HashSet<>(outputs());
    operations.forEach(operation -> used.addAll(operation.uses()));
    lines.add("integers = self.integers(x)");
    lines.add("values = self.values(x, integers, %d)".formatted(start.numbers().size()));
    name(lines, "integers", start.numbers(), used);
    name(lines, "values", start.tensors(), used);
  }

  private static void name(
      List<String> lines, String list, List<Variable> variables, Set<Operand> used) {
    for (int i = 0; i < variables.size(); i++) {
      if (used.contains(variables.get(i))) {
        lines.add("%s = %s[%d]".formatted(variables.get(i), list, i));
      }
    }
  }

  private String result() {
    if (end == null) {
      return line.output().toString();
    }
    return "self.pack(x, %s, %s)"
        .formatted(list("int", end.numbers()), list("Tensor", end.tensors()));
  }

  private static String list(String type, List<Variable> variables) {
    String elements = variables.stream().map(Variable::toString).collect(joining(", "));
    return "annotate(List[" + type + "], [" + elements + "])";
  }

  private String name(Operand operand) {
    if (operand instanceof Stored stored) {
      int weight = weights.indexOf(stored.name());
      return weight >= 0 ? "weights[" + weight + "]" : "self." + line.attribute(stored.name());
    }
    return operand.equals(line.input()) ? "x" : operand.toString();
  }
}
