package dev.titanic.nn.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.graph.ProfileProgram;
import dev.titanic.nn.graph.TracedModel;
import java.util.List;
import java.util.function.Function;

/**
 * Runs a traced model once, on zeros, to see what its values look like; see {@link ProfileProgram}.
 */
public final class TracedProfile {
  private TracedProfile() {}

  /** With tokens as input, (sequences, tokens). */
  public static long[] ofTokens(TracedModel model, int sequences, int tokens) {
    return of(model, scope -> Transfer.in(scope, new long[sequences * tokens], sequences, tokens));
  }

  /** With float32 as input. */
  public static long[] ofFloats(TracedModel model, long... shape) {
    return of(model, scope -> (PtNDArray) scope.zeros(new Shape(shape), DataType.FLOAT32));
  }

  private static long[] of(TracedModel model, Function<PtNDManager, PtNDArray> sample) {
    ProfileProgram profile = model.profileProgram();
    try (PtNDManager scope = Torch.newScope(ComputeDevice.CPU)) {
      Torch.onThisThread(false);
      Program program =
          Program.load(
              scope, profile.source(), TracedPrograms.attributes(model, profile.tensors()));
      PtNDArray zero = (PtNDArray) scope.zeros(new Shape(1), DataType.FLOAT32);
      return Transfer.longsOut(program.call("profile", sample.apply(scope), List.of(zero)));
    }
  }
}
