package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.titanic.schemas.edge.TensorData;

/** The engine keeps all that the backward pass needs. */
record WholeGraph(PtNDManager scope, PtNDArray input, PtNDArray output) implements Graph {

  @Override
  public void backward(TensorData outputGradient) {
    JniUtils.backward(output, Transfer.in(scope, outputGradient), false, false);
  }
}
