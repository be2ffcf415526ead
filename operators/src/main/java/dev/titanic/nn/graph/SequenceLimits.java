package dev.titanic.nn.graph;

import dev.titanic.nn.ModelConfig;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.family.Architecture;
import java.nio.file.Path;

/**
 * What a language model takes.
 *
 * @param vocabulary number of token ids
 * @param maxTokens longest sequence
 */
public record SequenceLimits(int vocabulary, int maxTokens) {

  /** Of the model in a directory, of a family or traced; reads its configuration only. */
  public static SequenceLimits at(Path directory) {
    ModelConfig config = ModelDirectory.config(directory);
    if (TracedDirectory.isAt(directory)) {
      return of(config);
    }
    Architecture architecture = Architecture.of(config);
    return new SequenceLimits(architecture.vocabulary(), architecture.maxTokens());
  }

  /** Of a traced model, whose code does not say it. */
  static SequenceLimits of(ModelConfig config) {
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
