package dev.titanic.nn.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.ArrayList;
import java.util.List;

/** Consecutive blocks of a model. */
final class Blocks {
  private final Program program;
  private final List<List<Leaf>> leaves;

  /**
   * @param leaves of every block, in the program's order
   */
  Blocks(Program program, List<List<Leaf>> leaves) {
    this.program = program;
    this.leaves = leaves;
  }

  /**
   * Runs all blocks; handles of what lies between them are closed, a graph keeps what it needs.
   *
   * @param hidden (batch, tokens, hidden)
   * @return (batch, tokens, hidden), the input itself when there are no blocks
   */
  PtNDArray forward(PtNDArray hidden, NDList tables) {
    PtNDArray current = hidden;
    for (int block = 0; block < leaves.size(); block++) {
      List<NDArray> others = new ArrayList<>(tables);
      leaves.get(block).forEach(leaf -> others.add(leaf.array()));
      PtNDArray next = program.call("block", current, others);
      if (block > 0) {
        current.close();
      }
      current = next;
    }
    return current;
  }
}
