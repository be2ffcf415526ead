package dev.titanic.nn.family;

import com.google.auto.service.AutoService;
import dev.titanic.nn.ModelConfig;
import dev.titanic.nn.family.LlamaProgram.Bias;
import java.util.EnumSet;
import java.util.Set;

/** Llama: its linear layers may have biases. */
@AutoService(Family.class)
public final class Llama implements Family {

  @Override
  public String modelType() {
    return "llama";
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    return new LlamaProgram(modelType(), 2048, biases(config), SlidingWindow.NOWHERE)
        .architecture(config);
  }

  private static Set<Bias> biases(ModelConfig config) {
    Set<Bias> biases = EnumSet.noneOf(Bias.class);
    if (config.flag("attention_bias", false)) {
      biases.add(Bias.QUERIES_KEYS_VALUES);
      biases.add(Bias.ATTENTION_OUTPUT);
    }
    if (config.flag("mlp_bias", false)) {
      biases.add(Bias.NETWORK);
    }
    return biases;
  }
}
