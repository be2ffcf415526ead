package dev.titanic.nn.family;

import com.google.auto.service.AutoService;
import dev.titanic.nn.ModelConfig;
import dev.titanic.nn.family.LlamaProgram.Bias;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Qwen2: Llama, with biases on queries, keys and values, and with blocks that may see only a window
 * of the tokens before.
 */
@AutoService(Family.class)
public final class Qwen2 implements Family {
  private static final int DEFAULT_WINDOW = 4096;
  private static final int DEFAULT_BLOCKS_WITHOUT_WINDOW = 28;
  private static final String FULL = "full_attention";
  private static final String WINDOW = "sliding_attention";

  @Override
  public String modelType() {
    return "qwen2";
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    return new LlamaProgram(modelType(), 32_768, Set.of(Bias.QUERIES_KEYS_VALUES), window(config))
        .architecture(config);
  }

  private static SlidingWindow window(ModelConfig config) {
    Set<Integer> blocks = new TreeSet<>();
    List<String> types = layerTypes(config);
    for (int block = 0; block < types.size(); block++) {
      if (types.get(block).equals(WINDOW)) {
        blocks.add(block);
      }
    }
    return blocks.isEmpty()
        ? SlidingWindow.NOWHERE
        : new SlidingWindow(config.positive("sliding_window", DEFAULT_WINDOW), blocks);
  }

  private static List<String> layerTypes(ModelConfig config) {
    boolean used = config.flag("use_sliding_window", false) && !config.isNull("sliding_window");
    int count = config.positive("num_hidden_layers");
    if (!config.has("layer_types")) {
      int full = config.count("max_window_layers", DEFAULT_BLOCKS_WITHOUT_WINDOW);
      return IntStream.range(0, count).mapToObj(i -> used && i >= full ? WINDOW : FULL).toList();
    }
    List<String> types = config.texts("layer_types");
    Set<String> valid = used ? Set.of(FULL, WINDOW) : Set.of(FULL);
    if (types.size() != count || !valid.containsAll(types)) {
      throw config.invalid(
          "layer_types", "%d times %s".formatted(count, used ? FULL + " or " + WINDOW : FULL));
    }
    return types;
  }
}
