package dev.titanic.nn.graph;

import dev.titanic.nn.graph.Operand.Variable;
import java.util.List;
import java.util.Map;

/**
 * What the tensors of a straight line look like for one sample input.
 *
 * @param tensors by variable; numbers and lists are not among them
 */
record Profile(Map<Variable, TensorLook> tensors) {
  Profile {
    tensors = Map.copyOf(tensors);
  }

  /**
   * Type and shape of one value.
   *
   * @param dense whether its elements lie side by side, row-major
   */
  record TensorLook(ElementKind kind, List<Long> shape, boolean dense) {
    TensorLook {
      shape = List.copyOf(shape);
    }

    long elements() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }

    long bytes() {
      return elements() * kind.bytes();
    }
  }
}
