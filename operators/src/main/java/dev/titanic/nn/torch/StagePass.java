package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;

/** How a stage computes its output from an activation. */
interface StagePass {

  /**
   * Runs forward.
   *
   * @param scope owner of all that the pass makes
   * @param input needs a gradient for training
   */
  Graph run(PtNDManager scope, PtNDArray input, Seeds seeds, boolean training);
}
