package dev.titanic.nn.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.titanic.protocol.HeadResult;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.TensorData;
import java.util.ArrayList;
import java.util.List;

/** The end of a micro-batch's way forward, and in training the beginning of its way back. */
final class LossHead {
  private final Program program;

  /** The gradient of the loss. */
  private final PtNDArray one;

  /**
   * @param owner of what is kept between calls
   * @param program whose {@code loss} takes a hidden state, targets and more, and gives the sum
   *     over targets, a scalar in fp64
   */
  LossHead(PtNDManager owner, Program program) {
    this.program = program;
    this.one = (PtNDArray) owner.ones(new Shape(), DataType.FLOAT64);
  }

  /**
   * Computes the loss, and in training goes back to the hidden state, which is a leaf.
   *
   * @param scope owner of all that the pass makes
   * @param others what the program takes behind hidden state and targets
   */
  HeadResult run(
      PtNDManager scope,
      TensorData hidden,
      TokenBatch batch,
      List<NDArray> others,
      boolean training) {
    PtNDArray input = Transfer.in(scope, hidden);
    input.setRequiresGradient(training);
    List<NDArray> arguments = new ArrayList<>();
    arguments.add(Transfer.in(scope, batch.targets(), batch.sequences(), batch.length()));
    arguments.addAll(others);
    PtNDArray loss = program.call("loss", input, arguments);
    double lossSum = Transfer.doublesOut(loss)[0];
    if (!training) {
      return new HeadResult(lossSum, null);
    }
    JniUtils.backward(loss, one, false, false);
    return new HeadResult(lossSum, Transfer.out(JniUtils.getGradient(input)));
  }
}
