package dev.titanic.nn.graph;

import dev.titanic.nn.ModelException;

/** Errors about code that is no straight line of known operations. */
final class Unsupported {
  private Unsupported() {}

  /**
   * @param place file and line
   */
  static ModelException at(String place, String what) {
    return new ModelException(
        "%s: %s: use straight-line code, as torch.jit.trace writes it for a model in evaluation mode"
            .formatted(place, what));
  }
}
