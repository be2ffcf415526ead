package dev.titanic.nn.torch;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.List;

/** Consecutive blocks of a model. */
final class Blocks {
  private final List<LoadedPart> parts;
  private final boolean recompute;

  /**
   * @param recompute whether graphs keep only the ends of blocks
   */
  Blocks(List<LoadedPart> parts, boolean recompute) {
    this.parts = List.copyOf(parts);
    this.recompute = recompute;
  }

  /**
   * Runs all blocks.
   *
   * @param scope owner of all that the pass makes
   * @param hidden (batch, tokens, hidden)
   * @param learnsInFront whether the hidden state needs a gradient
   * @return a graph whose output is (batch, tokens, hidden): the input itself without blocks
   */
  Graph forward(
      PtNDManager scope,
      PtNDArray hidden,
      boolean learnsInFront,
      NDList tables,
      Seeds seeds,
      boolean training) {
    if (!training || !recompute) {
      return new WholeGraph(scope, hidden, run(hidden, tables, seeds));
    }
    boolean firstBlockLearns =
        learnsInFront || parts.stream().limit(1).anyMatch(LoadedPart::learns);
    return RecomputedGraph.of(scope, parts, firstBlockLearns, hidden, tables, seeds);
  }

  /** Closes the handles of what lies between blocks: a graph keeps what it needs. */
  private PtNDArray run(PtNDArray hidden, NDList tables, Seeds seeds) {
    PtNDArray current = hidden;
    for (int block = 0; block < parts.size(); block++) {
      PtNDArray next = parts.get(block).runBlock(current, tables, seeds);
      if (block > 0) {
        current.close();
      }
      current = next;
    }
    return current;
  }
}
