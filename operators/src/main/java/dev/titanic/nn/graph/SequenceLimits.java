package dev.titanic.nn.graph;

import dev.titanic.nn.ModelConfig;
import dev.titanic.nn.ModelException;

/**
 * What a traced language model takes, which its code does not say.
 *
 * @param vocabulary number of token ids
 * @param maxTokens longest sequence
 */
public record SequenceLimits(int vocabulary, int maxTokens) {

  /** As in {@code config.json}: {@code vocab_size} and {@code max_position_embeddings}. */
  public static SequenceLimits of(ModelConfig config) {
    return new SequenceLimits(
        config.positive("vocab_size"), config.positive("max_position_embeddings"));
  }

  public void requireTakes(int tokens) {
    if (tokens > maxTokens) {
      throw new ModelException(
          "a sequence of %d tokens: the model takes at most %d".formatted(tokens, maxTokens));
    }
  }
}
