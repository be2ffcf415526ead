package dev.titanic.nn.graph;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** What an operation takes. */
sealed interface Operand {

  /** The result of an operation, or the program's input. */
  record Variable(int id) implements Operand {
    @Override
    public String toString() {
      return "v" + id;
    }
  }

  /**
   * A tensor of the archive, by its name in {@link StraightLine#tensors()}.
   *
   * @param name a path in the tree of modules, or a constant
   */
  record Stored(String name) implements Operand {}

  /** A number, string, type or device, as it is written. */
  record Literal(String text) implements Operand {}

  /**
   * A list or tuple of operands.
   *
   * @param type as it is written, empty when it follows from the elements
   */
  record Several(String type, boolean tuple, List<Operand> elements) implements Operand {
    public Several {
      elements = List.copyOf(elements);
    }
  }

  /** Visits variables and stored tensors, also those in lists. */
  default void visit(Consumer<Operand> visitor) {
    if (this instanceof Several several) {
      several.elements().forEach(element -> element.visit(visitor));
    } else {
      visitor.accept(this);
    }
  }

  /**
   * Writes this operand in TorchScript.
   *
   * @param names how a variable or stored tensor is written
   */
  default String source(Function<Operand, String> names) {
    if (this instanceof Literal literal) {
      return literal.text();
    }
    if (this instanceof Several several) {
      String elements =
          several.elements().stream().map(each -> each.source(names)).collect(joining(", "));
      if (several.tuple()) {
        return "(" + elements + ",)";
      }
      String list = "[" + elements + "]";
      return several.type().isEmpty() ? list : "annotate(" + several.type() + ", " + list + ")";
    }
    return names.apply(this);
  }
}
