package dev.titanic.nn.family;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A consecutive piece of a model that is never cut: the embedding, a block, or the head.
 *
 * @param prefix of the names of its weights
 * @param submodules in the order in which transformers stores them
 */
public record Part(String prefix, List<Submodule> submodules) {
  public Part {
    submodules = List.copyOf(submodules);
  }

  /**
   * Parts that differ only in the names of their weights.
   *
   * @param prefix with the part's index as {@code %d}
   */
  static List<Part> repeated(String prefix, int count, List<Submodule> submodules) {
    return IntStream.range(0, count)
        .mapToObj(index -> new Part(prefix.formatted(index), submodules))
        .toList();
  }

  /** The same part of other submodules with the same names. */
  Part map(UnaryOperator<Submodule> other) {
    return new Part(prefix, submodules.stream().map(other).toList());
  }

  /** Weights by their full names, in the order in which the part's methods get them. */
  public List<Weight> weights() {
    return submodules.stream()
        .flatMap(submodule -> submodule.weights().stream())
        .distinct()
        .map(weight -> weight.in(prefix))
        .toList();
  }

  /** TorchScript methods for all submodules. */
  String methods() {
    Map<Weight, String> arguments = new HashMap<>();
    List<String> methods = new ArrayList<>();
    for (Submodule submodule : submodules) {
      for (Weight weight : submodule.weights()) {
        arguments.putIfAbsent(weight, "weights[" + arguments.size() + "]");
      }
      methods.add(
          """
          def %s(self, x: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
            return %s
          """
              .formatted(
                  submodule.name().replace('.', '_'),
                  submodule.expression(submodule.weights().stream().map(arguments::get).toList())));
    }
    return String.join("\n", methods);
  }
}
