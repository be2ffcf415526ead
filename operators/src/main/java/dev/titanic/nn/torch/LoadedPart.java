package dev.titanic.nn.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of the model in native memory.
 *
 * @param program that runs it
 * @param layer its index: 0 for the embedding, then the blocks, then the head
 * @param weights in the order of the program
 */
record LoadedPart(Program program, int layer, List<PtNDArray> weights) {
  LoadedPart {
    weights = List.copyOf(weights);
  }

  /** What the program's methods take behind their first argument. */
  List<NDArray> arguments(PtNDArray seed, NDList tables) {
    List<NDArray> arguments = new ArrayList<>(tables.size() + weights.size() + 1);
    arguments.add(seed);
    arguments.addAll(tables);
    arguments.addAll(weights);
    return arguments;
  }
}
