package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.titanic.schemas.edge.TensorSpec;
import org.jspecify.annotations.Nullable;

/** A weight as the leaf of graphs, with the gradient that backward passes accumulate for it. */
final class Leaf {
  private final PtNDArray array;
  private final TensorSpec spec;
  private @Nullable PtNDArray gradient;

  Leaf(PtNDArray array, TensorSpec spec) {
    this.array = array;
    this.spec = spec;
    array.setName(Program.WEIGHTS);
    array.setRequiresGradient(true);
  }

  /** Makes another leaf over the same memory. */
  Leaf alias() {
    return new Leaf(JniUtils.detachGradient(array), spec);
  }

  PtNDArray array() {
    return array;
  }

  /**
   * Returns the accumulated gradient; the first call makes it, as zeros.
   *
   * <p>The handle is kept, because asking the engine again would make another one. The engine adds
   * to the gradient in place, so the handle stays valid.
   */
  PtNDArray gradient() {
    PtNDArray known = gradient;
    if (known == null) {
      try (PtNDArray zeros = Transfer.zeros(array.getManager(), spec)) {
        JniUtils.backward(array, zeros, false, false);
      }
      known = JniUtils.getGradient(array);
      known.setName(Program.GRADIENTS);
      gradient = known;
    }
    return known;
  }

  void clearGradient() {
    JniUtils.zeroGrad(array);
  }
}
