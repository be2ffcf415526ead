package dev.titanic.nn.family;

import dev.titanic.nn.ModelConfig;
import java.util.Map;
import java.util.TreeMap;

/**
 * An activation function by its name in transformers, as a method of a program: {@code
 * activation(x)}.
 *
 * <p>The approximations of GELU by tanh differ in transformers only in rounding; here they are one
 * kernel. Functions with weights of their own are not offered.
 */
final class Activation {
  private static final String GELU_TANH = "torch.gelu(x, approximate=\"tanh\")";
  private static final String SILU = "torch.silu(x)";

  /** Expressions over {@code x}. */
  private static final Map<String, String> EXPRESSIONS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("gelu", "torch.gelu(x)"),
              Map.entry("gelu_10", "torch.clamp(torch.gelu(x), -10, 10)"),
              Map.entry("gelu_accurate", GELU_TANH),
              Map.entry("gelu_fast", GELU_TANH),
              Map.entry("gelu_new", GELU_TANH),
              Map.entry("gelu_python", "torch.gelu(x)"),
              Map.entry("gelu_python_tanh", GELU_TANH),
              Map.entry("gelu_pytorch_tanh", GELU_TANH),
              Map.entry("hardswish", "torch.hardswish(x)"),
              Map.entry("laplace", laplace(0.707107, 0.282095)),
              Map.entry("leaky_relu", "torch.leaky_relu(x, 0.01)"),
              Map.entry("linear", "x"),
              Map.entry("mish", "torch.mish(x)"),
              Map.entry("quick_gelu", "torch.mul(x, torch.sigmoid(torch.mul(x, 1.702)))"),
              Map.entry("relu", "torch.relu(x)"),
              Map.entry("relu2", "torch.square(torch.relu(x))"),
              Map.entry("relu6", "torch.hardtanh(x, 0., 6.)"),
              Map.entry("sigmoid", "torch.sigmoid(x)"),
              Map.entry("silu", SILU),
              Map.entry("sqrtsoftplus", "torch.sqrt(torch.softplus(x))"),
              Map.entry("swish", SILU),
              Map.entry("tanh", "torch.tanh(x)")));

  private final String expression;

  /** The distribution function of a normal distribution. */
  private static String laplace(double mean, double deviation) {
    return "torch.mul(torch.add(torch.erf(torch.div(torch.sub(x, %s), %s)), 1), 0.5)"
        .formatted(mean, deviation * Math.sqrt(2));
  }

  private Activation(String expression) {
    this.expression = expression;
  }

  /**
   * Reads a name from a configuration; an unknown one is refused by key.
   *
   * @param absent name when the key is absent
   */
  static Activation of(ModelConfig config, String key, String absent) {
    String expression = EXPRESSIONS.get(config.text(key, absent));
    if (expression == null) {
      throw config.invalid(key, String.join(", ", EXPRESSIONS.keySet()));
    }
    return new Activation(expression);
  }

  String source() {
    return """
        def activation(self, x: Tensor) -> Tensor:
          return %s
        """
        .formatted(expression);
  }
}
