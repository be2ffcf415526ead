package dev.titanic.nn.family;

import com.google.auto.service.AutoService;
import dev.titanic.nn.ModelConfig;
import java.util.OptionalInt;

/** Llama: its linear layers may have biases. */
@AutoService(Family.class)
public final class Llama implements Family {

  @Override
  public String modelType() {
    return "llama";
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    boolean attentionBias = config.flag("attention_bias", false);
    boolean innerBias = config.flag("mlp_bias", false);
    return new LlamaProgram(
            modelType(), 2048, attentionBias, attentionBias, innerBias, OptionalInt.empty())
        .architecture(config);
  }
}
