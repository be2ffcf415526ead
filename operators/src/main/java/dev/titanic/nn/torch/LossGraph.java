package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.titanic.protocol.HeadResult;

/** The end of a micro-batch's way forward, and in training the beginning of its way back. */
final class LossGraph {
  private LossGraph() {}

  /**
   * Reads the loss, and in training goes back to where the graph starts.
   *
   * @param loss sum over targets, a scalar in fp64
   * @param input where the graph starts: a leaf
   * @param one the gradient of the loss
   */
  static HeadResult result(PtNDArray loss, PtNDArray input, PtNDArray one, boolean training) {
    double lossSum = Transfer.doublesOut(loss)[0];
    if (!training) {
      return new HeadResult(lossSum, null);
    }
    JniUtils.backward(loss, one, false, false);
    return new HeadResult(lossSum, Transfer.out(JniUtils.getGradient(input)));
  }
}
