package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.schemas.edge.TensorData;

/** One micro-batch between its forward and its backward pass; owns all arrays of a scope. */
interface Graph extends AutoCloseable {

  PtNDManager scope();

  /** Where the blocks start: a leaf, or what the embedding gives. */
  PtNDArray input();

  PtNDArray output();

  /** Vector-Jacobian product: adds to the gradients of all leaves. */
  void backward(TensorData outputGradient);

  @Override
  default void close() {
    scope().close();
  }
}
