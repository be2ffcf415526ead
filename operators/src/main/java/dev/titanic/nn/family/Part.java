package dev.titanic.nn.family;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A consecutive piece of a model that is never cut: the embedding, a block, or the head.
 *
 * @param prefix of the names of its weights
 * @param submodules in the order in which transformers stores them
 * @param source methods in which this part differs from others of its kind; often none
 */
public record Part(String prefix, List<Submodule> submodules, String source) {
  public Part {
    submodules = List.copyOf(submodules);
  }

  Part(String prefix, List<Submodule> submodules) {
    this(prefix, submodules, "");
  }

  /**
   * Parts that differ only in the names of their weights.
   *
   * @param prefix with the part's index as {@code %d}
   */
  static List<Part> repeated(String prefix, int count, List<Submodule> submodules) {
    return repeated(prefix, count, submodules, index -> "");
  }

  /**
   * Parts that differ in the names of their weights, and may in some methods.
   *
   * @param prefix with the part's index as {@code %d}
   * @param source of these methods, by the part's index
   */
  static List<Part> repeated(
      String prefix, int count, List<Submodule> submodules, IntFunction<String> source) {
    return IntStream.range(0, count)
        .mapToObj(index -> new Part(prefix.formatted(index), submodules, source.apply(index)))
        .toList();
  }

  /** The same part of other submodules with the same names. */
  Part map(UnaryOperator<Submodule> other) {
    return new Part(prefix, submodules.stream().map(other).toList(), source);
  }

  /** Weights by their full names, in the order in which the part's methods get them. */
  public List<Weight> weights() {
    return submodules.stream()
        .flatMap(submodule -> submodule.weights().stream())
        .distinct()
        .map(weight -> weight.in(prefix))
        .toList();
  }

  /** Names of the weights that are only multiplied with here, in the compute type. */
  public Set<String> factors() {
    return submodules.stream()
        .flatMap(submodule -> submodule.factors().stream())
        .map(weight -> weight.in(prefix).name())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** TorchScript methods: of all submodules, and the part's own. */
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
    methods.add(source);
    return String.join("\n", methods);
  }
}
