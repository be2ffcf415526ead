package dev.titanic.nn.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a traced model in native memory.
 *
 * @param program that has its method
 * @param weights in the order of the method
 */
record TracedPart(Program program, String method, List<Leaf> weights) {
  TracedPart {
    weights = List.copyOf(weights);
  }

  /** What methods take behind their first argument. */
  List<NDArray> arguments(NDArray... others) {
    List<NDArray> arguments = new ArrayList<>(List.of(others));
    weights.forEach(leaf -> arguments.add(leaf.array()));
    return arguments;
  }

  PtNDArray run(PtNDArray input) {
    return program.call(method, input, arguments());
  }
}
