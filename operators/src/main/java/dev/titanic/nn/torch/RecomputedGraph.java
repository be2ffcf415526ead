package dev.titanic.nn.torch;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.titanic.schemas.edge.TensorData;
import java.util.List;

/**
 * Only the ends of blocks are kept; the backward pass runs every block again (Chen et al. 2016).
 * The same seeds draw the same masks, so the gradients have the same bits.
 *
 * @param firstBlockLearns whether the first block, or what is in front of it, has trained weights
 * @param ends input of every block, and the output of the last
 */
record RecomputedGraph(
    PtNDManager scope,
    List<LoadedPart> blocks,
    boolean firstBlockLearns,
    List<PtNDArray> ends,
    NDList tables,
    Seeds seeds)
    implements Graph {

  /** Runs the blocks forward without a graph. */
  static RecomputedGraph of(
      PtNDManager scope,
      List<LoadedPart> blocks,
      boolean firstBlockLearns,
      PtNDArray input,
      NDList tables,
      Seeds seeds) {
    PtNDArray[] ends = new PtNDArray[blocks.size() + 1];
    ends[0] = input;
    Torch.onThisThread(false);
    for (int block = 0; block < blocks.size(); block++) {
      ends[block + 1] = blocks.get(block).runBlock(ends[block], tables, seeds);
    }
    Torch.onThisThread(true);
    return new RecomputedGraph(scope, blocks, firstBlockLearns, List.of(ends), tables, seeds);
  }

  @Override
  public PtNDArray input() {
    return ends.get(0);
  }

  @Override
  public PtNDArray output() {
    return ends.get(blocks.size());
  }

  @Override
  public void backward(TensorData outputGradient) {
    PtNDArray gradient = Transfer.in(scope, outputGradient);
    if (blocks.isEmpty()) {
      JniUtils.backward(input(), gradient, false, false);
    }
    for (int block = blocks.size() - 1; block >= 0; block--) {
      PtNDArray start = ends.get(block);
      if (block > 0) {
        start.setRequiresGradient(true);
      }
      try (PtNDArray end = blocks.get(block).runBlock(start, tables, seeds)) {
        if (block > 0 || firstBlockLearns) {
          JniUtils.backward(end, gradient, false, false);
        }
      }
      if (block > 0) {
        gradient = JniUtils.getGradient(start);
      }
    }
  }
}
