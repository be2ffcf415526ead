package dev.titanic.nn.family;

import dev.titanic.nn.ModelConfig;

/**
 * Models that share one program, told apart by sizes. A service: one public class with
 * {@code @AutoService} is all that a new family takes.
 */
public interface Family {

  /** The {@code model_type} in {@code config.json}. */
  String modelType();

  /** Describes one model; a configuration that the program does not cover is refused by key. */
  Architecture architecture(ModelConfig config);
}
