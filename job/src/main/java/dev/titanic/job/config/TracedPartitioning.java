package dev.titanic.job.config;

import dev.titanic.nn.Cut;
import dev.titanic.nn.graph.TracedDirectory;
import dev.titanic.nn.torch.TracedCut;
import dev.titanic.placement.Demand;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a traced model is cut. Of what its partitions need the least is known: their weights, and
 * what training keeps of them.
 */
public final class TracedPartitioning implements PartitionedModel {
  private final JobConfig config;
  private final Cut cut;
  private final List<Demand> demands;

  private TracedPartitioning(JobConfig config, Cut cut, List<Demand> demands) {
    this.config = config;
    this.cut = cut;
    this.demands = List.copyOf(demands);
  }

  /**
   * Cuts the model of a run; profiles it once.
   *
   * @throws dev.titanic.nn.ModelException when it cannot be cut into so many stages
   */
  public static TracedPartitioning of(JobConfig config, TracedDirectory model) {
    Cut cut = TracedCut.choose(model, config.stages());
    return new TracedPartitioning(
        config,
        cut,
        IntStream.rangeClosed(0, cut.stages())
            .mapToObj(partition -> demand(partition, model.trainingBytes(cut, partition)))
            .toList());
  }

  /** Operations are not known: those of a partition are taken to be as its weights. */
  private static Demand demand(int partition, long memory) {
    double flops = memory;
    long state = memory / 4 * 3; // all but the gradients
    return partition == 0
        ? Demand.owner(memory, flops, 0, 0, state)
        : Demand.stage(partition, memory, flops, 0, state);
  }

  @Override
  public Cut cut() {
    return cut;
  }

  @Override
  public List<Demand> demands() {
    return demands;
  }

  @Override
  public long boundaryBytes() {
    return 0;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (ClientConfig client : config.clients()) {
      long needed =
          config.heaviestLoadOf(client, this::memoryBytes).stream()
              .mapToLong(this::memoryBytes)
              .sum();
      if (client.memory() != null && client.memory() < needed) {
        problems.add(
            "clients: %s has %s of memory, its partitions need at least %s; valid: more memory, more stages or other hosts"
                .formatted(client.id(), Bytes.text(client.memory()), Bytes.text(needed)));
      }
    }
    return problems;
  }

  private long memoryBytes(int partition) {
    return demands.get(partition).memoryBytes();
  }
}
