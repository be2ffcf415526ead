package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A trained weight as programs multiply with it: rounded to the compute type once per update, not
 * once per micro-batch. Gradients go through it to the weight, where they add up in float32.
 */
final class Narrowed implements Supplier<PtNDArray> {
  private final Program program;
  private final PtNDArray weight;
  private @Nullable PtNDArray copy;

  Narrowed(Program program, PtNDArray weight) {
    this.program = program;
    this.weight = weight;
  }

  /** The copy is a part of graphs even when it is first needed outside of one. */
  @Override
  public PtNDArray get() {
    PtNDArray known = copy;
    if (known == null) {
      boolean gradients = JniUtils.isGradMode();
      Torch.onThisThread(true);
      known = program.call("narrowed", weight, List.of());
      Torch.onThisThread(gradients);
      known.setName(Program.WEIGHTS);
      copy = known;
    }
    return known;
  }

  /** The weight has changed. */
  void forget() {
    if (copy != null) {
      copy.close();
      copy = null;
    }
  }
}
