package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.ComputeType;
import dev.titanic.nn.Golden;
import dev.titanic.nn.ModelCopy;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.family.Architecture;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Activation functions by name against what {@code ACT2FN} of transformers 5.18.0 computes. */
final class ActivationTest {

  @ParameterizedTest
  @CsvSource({
    "gelu, -0.000126481056, -0.154268771, 0, 1.95449972, 12",
    "gelu_10, -0.000126481056, -0.154268771, 0, 1.95449972, 10",
    "gelu_accurate, -7.02142715e-05, -0.154285997, 0, 1.95459771, 12",
    "gelu_fast, -7.02142715e-05, -0.154285997, 0, 1.95459771, 12",
    "gelu_new, -7.02142715e-05, -0.154285997, 0, 1.95459771, 12",
    "gelu_python, -0.000126719475, -0.154268771, 0, 1.95449972, 12",
    "gelu_python_tanh, -7.02142715e-05, -0.154285997, 0, 1.95459771, 12",
    "gelu_pytorch_tanh, -7.02142715e-05, -0.154285997, 0, 1.95459771, 12",
    "hardswish, 0, -0.208333328, 0, 1.66666663, 12",
    "laplace, 0, 9.38773155e-06, 0.00609445572, 0.999997735, 1",
    "leaky_relu, -0.0399999991, -0.00499999989, 0, 2, 12",
    "linear, -4, -0.5, 0, 2, 12",
    "mish, -0.0725917518, -0.22074376, 0, 1.943959, 12",
    "quick_gelu, -0.00441472372, -0.149611562, 0, 1.93565857, 12",
    "relu, 0, 0, 0, 2, 12",
    "relu2, 0, 0, 0, 4, 144",
    "relu6, 0, 0, 0, 2, 6",
    "sigmoid, 0.0179862101, 0.377540678, 0.5, 0.880797029, 0.999993801",
    "silu, -0.0719448403, -0.188770339, 0, 1.76159406, 11.9999256",
    "sqrtsoftplus, 0.134721681, 0.688532472, 0.832554579, 1.45839918, 3.46410251",
    "swish, -0.0719448403, -0.188770339, 0, 1.76159406, 11.9999256",
    "tanh, -0.999329329, -0.462117165, 0, 0.964027584, 1",
  })
  void computesWhatTransformersDoes(
      String name,
      float atMinus4,
      float atMinusHalf,
      float at0,
      float at2,
      float at12,
      @TempDir Path directory)
      throws Exception {
    ModelDirectory model =
        ModelCopy.edited(
            Golden.of("opt"),
            directory,
            "\"activation_function\": \"relu\"",
            "\"activation_function\": \"%s\"".formatted(name));
    try (PtNDManager scope = Torch.newScope(ComputeDevice.CPU)) {
      Torch.onThisThread(false);
      Program program =
          Program.load(scope, Architecture.of(model.config()).program(0, ComputeType.FLOAT32));
      PtNDArray x = Numbers.array(scope, -4, -0.5f, 0, 2, 12);
      float[] values = Numbers.of(Transfer.out(program.call("activation", x, List.of())));
      Numbers.assertClose(name, values, new float[] {atMinus4, atMinusHalf, at0, at2, at12}, 1e-6);
    }
  }
}
