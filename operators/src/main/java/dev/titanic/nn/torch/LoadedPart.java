package dev.titanic.nn.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A part of the model in native memory.
 *
 * @param program that runs it
 * @param layer its index: 0 for the embedding, then the blocks, then the head
 * @param learns whether any of its weights is trained
 * @param weights in the order of the program
 */
record LoadedPart(Program program, int layer, boolean learns, List<Supplier<PtNDArray>> weights) {
  LoadedPart {
    weights = List.copyOf(weights);
  }

  /**
   * Runs the block that this is.
   *
   * @param hidden (batch, tokens, hidden)
   * @return (batch, tokens, hidden), in the scope of the input
   */
  PtNDArray runBlock(PtNDArray hidden, NDList tables, Seeds seeds) {
    return program.call("run_block", hidden, arguments(seeds.of(layer), tables));
  }

  /** What the program's methods take behind their first argument. */
  List<NDArray> arguments(PtNDArray seed, NDList tables) {
    List<NDArray> arguments = new ArrayList<>(tables.size() + weights.size() + 1);
    arguments.add(seed);
    arguments.addAll(tables);
    weights.forEach(weight -> arguments.add(weight.get()));
    return arguments;
  }
}
