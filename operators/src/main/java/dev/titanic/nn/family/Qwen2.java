package dev.titanic.nn.family;

import com.google.auto.service.AutoService;
import dev.titanic.nn.ModelConfig;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Qwen2: Llama, with biases on queries, keys and values. All layers see all tokens before, or all
 * of them see a window; a mixture is refused.
 */
@AutoService(Family.class)
public final class Qwen2 implements Family {
  private static final int DEFAULT_WINDOW = 4096;
  private static final int DEFAULT_LAYERS_WITHOUT_WINDOW = 28;

  @Override
  public String modelType() {
    return "qwen2";
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    return new LlamaProgram(modelType(), 32_768, true, false, false, window(config))
        .architecture(config);
  }

  private static OptionalInt window(ModelConfig config) {
    boolean used = config.flag("use_sliding_window", false) && !config.isNull("sliding_window");
    boolean windowed =
        config.has("layer_types") ? windowedByType(config, used) : used && windowedByCount(config);
    return windowed
        ? OptionalInt.of(config.positive("sliding_window", DEFAULT_WINDOW))
        : OptionalInt.empty();
  }

  private static boolean windowedByType(ModelConfig config, boolean used) {
    Set<String> types = Set.copyOf(config.texts("layer_types"));
    if (types.equals(Set.of("full_attention"))) {
      return false;
    }
    if (used && types.equals(Set.of("sliding_attention"))) {
      return true;
    }
    throw config.invalid(
        "layer_types", used ? "one type, full_attention or sliding_attention" : "full_attention");
  }

  /** Layers behind so many have the window. */
  private static boolean windowedByCount(ModelConfig config) {
    int layers = config.positive("num_hidden_layers");
    int without = config.count("max_window_layers", DEFAULT_LAYERS_WITHOUT_WINDOW);
    if (without > 0 && without < layers) {
      throw config.invalid("max_window_layers", "0, or %d or more".formatted(layers));
    }
    return without == 0;
  }
}
