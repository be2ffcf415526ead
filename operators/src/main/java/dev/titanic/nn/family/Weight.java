package dev.titanic.nn.family;

import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorSpec;

/**
 * A weight.
 *
 * @param name in the Hugging Face model
 * @param spec type while training, and shape
 * @param trained or else frozen: as in the model directory, for good
 */
public record Weight(String name, TensorSpec spec, boolean trained) {
  static Weight of(String name, long... shape) {
    return new Weight(name, TensorSpec.of(ElementType.FLOAT32, shape), true);
  }

  Weight in(String prefix) {
    return new Weight(prefix + name, spec, trained);
  }

  Weight frozen() {
    return new Weight(name, spec, false);
  }
}
