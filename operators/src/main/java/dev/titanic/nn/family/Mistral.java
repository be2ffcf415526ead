package dev.titanic.nn.family;

import com.google.auto.service.AutoService;
import dev.titanic.nn.ModelConfig;
import java.util.Set;

/** Mistral: Llama, with attention that may see only a window of the tokens before. */
@AutoService(Family.class)
public final class Mistral implements Family {
  private static final int DEFAULT_WINDOW = 4096;

  @Override
  public String modelType() {
    return "mistral";
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    return new LlamaProgram(modelType(), 131_072, Set.of(), window(config)).architecture(config);
  }

  private static SlidingWindow window(ModelConfig config) {
    return config.isNull("sliding_window")
        ? SlidingWindow.NOWHERE
        : SlidingWindow.everywhere(
            config.positive("sliding_window", DEFAULT_WINDOW),
            config.positive("num_hidden_layers"));
  }
}
