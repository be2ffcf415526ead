package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.titanic.schemas.edge.TensorData;

/**
 * The graph of one micro-batch between its forward and its backward pass.
 *
 * @param scope owner of all its arrays
 * @param input where the graph starts
 */
record Graph(PtNDManager scope, PtNDArray input, PtNDArray output) implements AutoCloseable {

  /** Vector-Jacobian product: adds to the gradients of all leaves. */
  void backward(TensorData outputGradient) {
    PtNDArray gradient = Transfer.in(scope, outputGradient);
    JniUtils.backward(output, gradient, false, false);
  }

  @Override
  public void close() {
    scope.close();
  }
}
