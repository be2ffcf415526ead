package dev.titanic.job.config;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.titanic.nn.Cut;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.family.Adapters;
import dev.titanic.nn.family.Architecture;
import dev.titanic.nn.graph.TracedDirectory;
import dev.titanic.nn.partition.BatchShape;
import dev.titanic.nn.partition.Memory;
import dev.titanic.nn.partition.ModelCost;
import dev.titanic.placement.Demand;
import dev.titanic.placement.Demands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a configured model is cut, and what that costs: known from its {@code config.json} alone. */
public final class Partitioning implements PartitionedModel {
  private final JobConfig config;
  private final ModelCost cost;
  private final Cut cut;

  private Partitioning(JobConfig config, ModelCost cost) {
    this.config = config;
    this.cost = cost;
    this.cut = HostSelection.of(config, cost).cut(config.placement().hosts());
  }

  /**
   * Cuts the model of a run.
   *
   * @throws ModelException when the model cannot be read or be cut into so many stages
   */
  public static Partitioning of(JobConfig config) {
    return new Partitioning(config, cost(config.model(), config.training(), config.ownersAtOnce()));
  }

  /**
   * What the parts of a model cost.
   *
   * @param owners that train at once
   * @throws ModelException when the model cannot be read, or when its cost is not known
   */
  static ModelCost cost(ModelConfig model, TrainingConfig training, int owners) {
    Path path = Path.of(model.path());
    if (TracedDirectory.isAt(path)) {
      throw new ModelException(
          path + ": is a traced model, whose cost is not known: use a Hugging Face directory");
    }
    Architecture base = Architecture.of(ModelDirectory.config(path));
    Lora lora = training.lora();
    return ModelCost.of(
        lora == null ? base : Adapters.of(base, lora).architecture(),
        new BatchShape(
            owners, training.microBatches(), training.microBatchSize(), training.sequenceLength()),
        model.dtype(),
        training.recompute());
  }

  @Override
  public Cut cut() {
    return cut;
  }

  @Override
  public List<Demand> demands() {
    return Demands.of(cost, cut);
  }

  @Override
  public long boundaryBytes() {
    return cost.boundaryBytes();
  }

  public ModelCost cost() {
    return cost;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (ClientConfig client : config.clients()) {
      List<Integer> hosted =
          config.heaviestLoadOf(client, partition -> memoryOf(partition).total());
      Memory needed = hosted.stream().map(this::memoryOf).reduce(Memory.NONE, Memory::plus);
      long lack = client.host().lack(needed);
      if (lack > 0) {
        problems.add(
            "clients: %s has %s of memory, %s needs %s, %s more (weights %s, gradients and moments %s, activations %s, fragments %s); valid: more memory, more clients, or smaller micro-batches"
                .formatted(
                    client.id(),
                    Bytes.text(requireNonNull(client.memory())),
                    hosted.stream().map(this::describe).collect(joining(" and ")),
                    Bytes.text(needed.total()),
                    Bytes.text(lack),
                    Bytes.text(needed.weights()),
                    Bytes.text(needed.training()),
                    Bytes.text(needed.activations()),
                    Bytes.text(needed.fragments())));
      }
    }
    return problems;
  }

  private Memory memoryOf(int partition) {
    return cost.partition(cut, partition).memory();
  }

  private String describe(int partition) {
    String name = partition == 0 ? "the owner's partition" : PlacementConfig.stageName(partition);
    return "%s (%s)".formatted(name, cut.describe(partition));
  }
}
