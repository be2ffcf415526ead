package dev.titanic.nn.graph;

import dev.titanic.nn.graph.Operand.Variable;
import java.util.List;

/**
 * What the operations behind a position need from those before it.
 *
 * @param position number of operations before it
 * @param numbers extents of shapes, which travel along
 * @param tensors activations, which travel, and through which gradients return
 * @param again operations before it that are computed again behind it, from the numbers: masks and
 *     position tables are cheaper to compute than to send
 */
record Boundary(
    int position, List<Variable> numbers, List<Variable> tensors, List<Operation> again) {
  Boundary {
    numbers = List.copyOf(numbers);
    tensors = List.copyOf(tensors);
    again = List.copyOf(again);
  }
}
