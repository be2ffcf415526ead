package dev.titanic.placement.simulation;

import static java.util.Objects.requireNonNull;

import dev.titanic.nn.ComputeType;
import dev.titanic.nn.Cut;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelConfig;
import dev.titanic.nn.family.Adapters;
import dev.titanic.nn.family.Architecture;
import dev.titanic.nn.partition.BatchShape;
import dev.titanic.nn.partition.ModelCost;
import dev.titanic.placement.Demand;
import dev.titanic.placement.Demands;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model of the paper's figure 5 and in how many partitions it is cut there.
 *
 * <p>Trained with LoRA of rank 8 on queries and values, over linear layers that are held in
 * bfloat16: with float32 weights and full training, no partition of the largest would fit in 24 GB.
 * A step has 4 micro-batches of one sequence of 100 tokens; hidden states are float32.
 */
public enum SimulatedModel {
  LLAMA_2_7B("Llama 2 7B", "llama-2-7b", 4, 0.88, 1.25, 3.17),
  LLAMA_2_13B("Llama 2 13B", "llama-2-13b", 6, 1.63, 2.08, 4.08),
  LLAMA_2_70B("Llama 2 70B", "llama-2-70b", 32, 10.21, 14.57, 20.03);

  private static final BatchShape BATCH = new BatchShape(4, 1, 100);
  private static final Lora LORA = new Lora(8, 16, 0, List.of("q_proj", "v_proj"), false, null);

  private final String title;
  private final String resource;
  private final int partitions;
  private final double paperOptimal;
  private final double paperGreedy;
  private final double paperRandom;

  SimulatedModel(
      String title,
      String resource,
      int partitions,
      double paperOptimal,
      double paperGreedy,
      double paperRandom) {
    this.title = title;
    this.resource = resource;
    this.partitions = partitions;
    this.paperOptimal = paperOptimal;
    this.paperGreedy = paperGreedy;
    this.paperRandom = paperRandom;
  }

  public String title() {
    return title;
  }

  public int partitions() {
    return partitions;
  }

  /** Seconds in figure 5; null for a strategy that the paper does not have. */
  @Nullable Double paperSeconds(Strategy strategy) {
    return switch (strategy) {
      case OPTIMAL -> paperOptimal;
      case GREEDY -> paperGreedy;
      case RANDOM -> paperRandom;
      case STEP_TIME -> null;
    };
  }

  ModelCost cost() {
    ModelConfig config =
        ModelConfig.read(
            requireNonNull(SimulatedModel.class.getResource(resource + "/config.json")));
    Architecture adapted = Adapters.of(Architecture.of(config), LORA).architecture();
    return ModelCost.of(adapted, BATCH, ComputeType.BFLOAT16, false);
  }

  /** Blocks are dealt evenly; the first partition has embedding and head, too. */
  List<Demand> demands(ModelCost cost) {
    int blocks = cost.blocks().size();
    return Demands.of(cost, Cut.even(blocks, blocks / partitions, partitions - 1));
  }
}
