package dev.titanic.nn.torch;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.List;

/** Consecutive blocks of a model. */
final class Blocks {
  private final List<LoadedPart> parts;

  Blocks(List<LoadedPart> parts) {
    this.parts = parts;
  }

  /**
   * Runs all blocks; handles of what lies between them are closed, a graph keeps what it needs.
   *
   * @param hidden (batch, tokens, hidden)
   * @return (batch, tokens, hidden), the input itself when there are no blocks
   */
  PtNDArray forward(PtNDArray hidden, NDList tables, Seeds seeds) {
    PtNDArray current = hidden;
    for (int block = 0; block < parts.size(); block++) {
      LoadedPart part = parts.get(block);
      PtNDArray next =
          part.program().call("run_block", current, part.arguments(seeds.of(part.layer()), tables));
      if (block > 0) {
        current.close();
      }
      current = next;
    }
    return current;
  }
}
