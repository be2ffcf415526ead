package dev.titanic.nn.shape;

import java.util.HashMap;
import java.util.Map;

/**
 * The functions that programs may call, by their names in the engine. What each saves for its
 * backward pass is as in PyTorch 2.7 on a CPU.
 */
final class Operations {
  private static final Map<String, Operation> BY_NAME = all();

  private Operations() {}

  private static Map<String, Operation> all() {
    Map<String, Operation> all = new HashMap<>();
    ScalarOperations.addTo(all);
    FactoryOperations.addTo(all);
    ViewOperations.addTo(all);
    ElementwiseOperations.addTo(all);
    ReductionOperations.addTo(all);
    MatrixOperations.addTo(all);
    return all;
  }

  /**
   * Looks a function up.
   *
   * @throws IllegalArgumentException for one that has no entry yet
   */
  static Operation named(String function) {
    Operation operation = BY_NAME.get(function);
    if (operation == null) {
      throw new IllegalArgumentException(
          function + ": it is not known what it keeps for its backward pass");
    }
    return operation;
  }
}
