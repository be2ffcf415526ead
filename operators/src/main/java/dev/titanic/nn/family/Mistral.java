package dev.titanic.nn.family;

import com.google.auto.service.AutoService;
import dev.titanic.nn.ModelConfig;
import java.util.OptionalInt;

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
    return new LlamaProgram(modelType(), 131_072, false, false, false, window(config))
        .architecture(config);
  }

  private static OptionalInt window(ModelConfig config) {
    return config.isNull("sliding_window")
        ? OptionalInt.empty()
        : OptionalInt.of(config.positive("sliding_window", DEFAULT_WINDOW));
  }
}
