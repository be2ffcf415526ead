package dev.titanic.nn.family;

import static java.util.stream.Collectors.joining;

import dev.titanic.nn.ComputeType;
import dev.titanic.nn.Cut;
import dev.titanic.nn.ModelConfig;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.schemas.edge.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One model as a description: its parts with their weights, and the program that computes with
 * them.
 *
 * <p>The program is TorchScript source with these methods; {@code weights} are those of the part,
 * in its order, {@code hidden} is (batch, tokens, hidden), {@code noise} holds a generator in
 * training and nothing otherwise. They call the parts' submodules by name, {@link Arithmetic} and
 * {@link Dropout}.
 *
 * <pre>
 * tables(positions) -> List[Tensor]                    what every sequence needs, for positions 0..n-1
 * embed(tokens, tables, weights, noise) -> hidden      tokens are (batch, tokens)
 * block(hidden, tables, weights, noise) -> hidden
 * logits(hidden, weights, noise) -> (batch, tokens, vocabulary)
 * </pre>
 *
 * @param modelType name of the family
 * @param maxTokens longest sequence
 * @param embedding from tokens to the first hidden state
 * @param blocks alike except for the names of their weights, their adapters, and methods of their
 *     own
 * @param head final norm and head; a weight that is tied is the embedding's, by name
 * @param source the four methods, and what they call besides submodules
 */
public record Architecture(
    String modelType,
    int vocabulary,
    int hidden,
    int maxTokens,
    Part embedding,
    List<Part> blocks,
    Part head,
    String source) {
  private static final Map<String, Family> FAMILIES = families();

  public Architecture {
    blocks = List.copyOf(blocks);
  }

  private static Map<String, Family> families() {
    Map<String, Family> families = new TreeMap<>();
    ServiceLoader.load(Family.class, Family.class.getClassLoader())
        .forEach(family -> families.put(family.modelType(), family));
    return families;
  }

  /** Describes the model that a configuration is for. */
  public static Architecture of(ModelConfig config) {
    Family family = FAMILIES.get(config.modelType());
    if (family == null) {
      throw config.invalid("model_type", String.join(", ", FAMILIES.keySet()));
    }
    return family.architecture(config);
  }

  /** All weights by name, in the model's order; a tied one once. */
  public Map<String, TensorSpec> weights() {
    Map<String, TensorSpec> weights = new LinkedHashMap<>();
    parts()
        .flatMap(part -> part.weights().stream())
        .forEach(weight -> weights.put(weight.name(), weight.spec()));
    return weights;
  }

  /** The weights that are trained, by name, in the model's order. */
  public Map<String, TensorSpec> trained() {
    Map<String, TensorSpec> trained = new LinkedHashMap<>();
    parts()
        .flatMap(part -> part.weights().stream())
        .filter(Weight::trained)
        .forEach(weight -> trained.put(weight.name(), weight.spec()));
    return trained;
  }

  /** Weights of one partition of a cut, in the model's order; a tied one once. */
  public List<Weight> weights(Cut cut, int partition) {
    List<Part> parts =
        new ArrayList<>(blocks.subList(cut.firstBlock(partition), cut.endBlock(partition)));
    if (partition == 0) {
      parts.add(0, embedding);
      parts.add(head);
    }
    return parts.stream().flatMap(part -> part.weights().stream()).distinct().toList();
  }

  /**
   * Checks that a directory has all weights in the right shapes.
   *
   * @throws dev.titanic.nn.ModelException about the first that is missing, or that is tied and
   *     stored with values of its own
   */
  public void requireIn(ModelDirectory model) {
    weights().forEach((name, spec) -> model.weight(name, spec.shape()));
    for (Submodule submodule : head.submodules()) {
      String own = submodule.name() + ".weight";
      submodule.weights().stream()
          .limit(1)
          .filter(weight -> !weight.name().equals(own))
          .forEach(weight -> model.requireTied(own, weight.name()));
    }
  }

  /**
   * The whole program: submodules, how they multiply, dropout, then what the family adds.
   *
   * @param block index of the block that it runs; like blocks share a program
   */
  public String program(int block, ComputeType type) {
    Stream<Part> distinct = Stream.of(embedding, blocks.get(block), head);
    return distinct.map(Part::methods).collect(joining("\n", "", "\n"))
        + Arithmetic.source(type)
        + "\n"
        + Dropout.SOURCE
        + "\n"
        + source;
  }

  /** All parts in the model's order. */
  Stream<Part> parts() {
    return Stream.of(Stream.of(embedding), blocks.stream(), Stream.of(head))
        .flatMap(parts -> parts);
  }
}
