package dev.titanic.nn.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
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

  /** Weights, as methods take them behind all else. */
  List<NDArray> arguments() {
    return weights.stream().<NDArray>map(Leaf::array).toList();
  }

  PtNDArray run(PtNDArray input) {
    return program.call(method, input, arguments());
  }
}
