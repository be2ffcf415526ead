package dev.titanic.nn.family;

import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorSpec;

/**
 * A trainable weight.
 *
 * @param name in the Hugging Face model
 * @param spec type while training, and shape
 */
public record Weight(String name, TensorSpec spec) {
  static Weight of(String name, long... shape) {
    return new Weight(name, TensorSpec.of(ElementType.FLOAT32, shape));
  }

  Weight in(String prefix) {
    return new Weight(prefix + name, spec);
  }
}
