package dev.titanic.nn.family;

import dev.titanic.nn.ModelConfig;
import dev.titanic.schemas.edge.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One model as a description: its weights and the program that computes with them.
 *
 * <p>The program is TorchScript source with these methods; {@code weights} are those of the part,
 * in the order given here, and {@code hidden} is (batch, tokens, hidden).
 *
 * <pre>
 * tables(positions) -> List[Tensor]              what every sequence needs, for positions 0..n-1
 * embed(tokens, tables, weights) -> hidden       tokens are (batch, tokens)
 * block(hidden, tables, weights) -> hidden
 * logits(hidden, weights) -> (batch, tokens, vocabulary)
 * </pre>
 *
 * @param modelType name of the family
 * @param maxTokens longest sequence
 * @param embedding weights of the embedding
 * @param blocks weights of every block
 * @param head weights of final norm and head; one that is tied is the embedding's, by name
 * @param source the program
 */
public record Architecture(
    String modelType,
    int vocabulary,
    int hidden,
    int maxTokens,
    List<Weight> embedding,
    List<List<Weight>> blocks,
    List<Weight> head,
    String source) {
  private static final List<Family> FAMILIES = List.of(new Llama());

  public Architecture {
    embedding = List.copyOf(embedding);
    blocks = List.copyOf(blocks);
    head = List.copyOf(head);
  }

  /** Describes the model that a configuration is for. */
  public static Architecture of(ModelConfig config) {
    for (Family family : FAMILIES) {
      if (family.modelType().equals(config.modelType())) {
        return family.architecture(config);
      }
    }
    throw config.invalid(
        "model_type", String.join(", ", FAMILIES.stream().map(Family::modelType).toList()));
  }

  /** All weights by name, in the model's order; a tied one once. */
  public Map<String, TensorSpec> weights() {
    Map<String, TensorSpec> weights = new LinkedHashMap<>();
    embedding.forEach(weight -> weights.put(weight.name(), weight.spec()));
    blocks.forEach(block -> block.forEach(weight -> weights.put(weight.name(), weight.spec())));
    head.forEach(weight -> weights.put(weight.name(), weight.spec()));
    return weights;
  }
}
