package dev.titanic.job.plan;

import static java.util.stream.Collectors.joining;

import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.HostSelection;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.Partitioning;
import dev.titanic.job.config.Profiles;
import dev.titanic.nn.Cut;
import dev.titanic.nn.partition.ModelCost;
import dev.titanic.nn.partition.PartitionCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a run will need: memory of every client, bytes on every edge, computation.
 *
 * @param model directory
 * @param parameters of the whole model
 * @param trainableParameters how many of them are trained
 * @param weightBytes of the whole model, in float32
 * @param ownersAtOnce owners that share the stages in one step
 * @param microBatches per step, of every owner
 * @param microBatchSize sequences
 * @param sequenceLength tokens
 * @param boundaryBytes hidden state of one micro-batch
 * @param partitions the owner's, then the stages
 * @param engineBytes native memory of a TaskManager before a partition is loaded
 * @param bytesPerStep over all edges, in both directions
 * @param notSelected clients without a partition
 * @param placement predicted times; null when no client says how fast it computes
 * @param assumptions about clients that do not say what they have, a line each
 * @param problems one line for each client that lacks memory
 */
public record Plan(
    String model,
    long parameters,
    long trainableParameters,
    long weightBytes,
    int ownersAtOnce,
    int microBatches,
    int microBatchSize,
    int sequenceLength,
    long boundaryBytes,
    List<PlannedPartition> partitions,
    long engineBytes,
    List<PlannedEdge> edges,
    long bytesPerStep,
    List<String> notSelected,
    @Nullable PlannedPlacement placement,
    List<String> assumptions,
    FedAvgComparison fedavg,
    List<String> problems) {

  /** As {@code benchmarks/run PartitionMemory} measures it. */
  private static final long ENGINE_BYTES = 150L << 20;

  public Plan {
    partitions = List.copyOf(partitions);
    edges = List.copyOf(edges);
    notSelected = List.copyOf(notSelected);
    assumptions = List.copyOf(assumptions);
    problems = List.copyOf(problems);
  }

  /**
   * Plans a run; only the model's {@code config.json} is read.
   *
   * @throws dev.titanic.nn.ModelException when the model cannot be read or be cut into so many
   *     stages
   */
  public static Plan of(JobConfig config) {
    Partitioning partitioning = Partitioning.of(config);
    ModelCost cost = partitioning.cost();
    Cut cut = partitioning.cut();
    Profiles profiles = HostSelection.of(config, cost).profiles();
    PartitionCost whole = cost.whole();
    long bytesPerStep = cost.bytesPerStep(cut.stages());
    return new Plan(
        config.model().path(),
        whole.parameters(),
        whole.trainable(),
        Float.BYTES * whole.parameters(),
        config.ownersAtOnce(),
        config.training().microBatches(),
        config.training().microBatchSize(),
        config.training().sequenceLength(),
        cost.boundaryBytes(),
        IntStream.rangeClosed(0, cut.stages())
            .mapToObj(partition -> partition(config, cost, cut, partition))
            .toList(),
        ENGINE_BYTES,
        edges(cut, cost),
        bytesPerStep,
        config.clients().stream()
            .filter(client -> config.hostedBy(client).isEmpty())
            .map(ClientConfig::id)
            .toList(),
        profiles.haveFlops() ? Placements.compare(config, partitioning) : null,
        profiles.assumptions(),
        fedavg(config, whole, bytesPerStep),
        partitioning.problems());
  }

  private static PlannedPartition partition(
      JobConfig config, ModelCost cost, Cut cut, int partition) {
    PartitionCost own = cost.partition(cut, partition);
    List<ClientConfig> hosts =
        config.clients().stream()
            .filter(client -> config.hostedBy(client).contains(partition))
            .toList();
    double flops = own.flops() * config.training().microBatches();
    Long slowest = least(hosts, ClientConfig::flops);
    return new PlannedPartition(
        name(partition),
        cut.describe(partition),
        hosts.stream().map(ClientConfig::id).collect(joining(", ")),
        own.parameters(),
        own.trainable(),
        PlannedMemory.of(own.memory()),
        least(hosts, ClientConfig::memory),
        flops,
        slowest == null ? null : flops / slowest);
  }

  /** Of those that are known; null when none is. */
  private static @Nullable Long least(
      List<ClientConfig> hosts, Function<ClientConfig, @Nullable Long> property) {
    return hosts.stream().map(property).filter(Objects::nonNull).min(Long::compare).orElse(null);
  }

  /** One behind every partition; without stages nothing is passed on. */
  private static List<PlannedEdge> edges(Cut cut, ModelCost cost) {
    List<PlannedEdge> edges = new ArrayList<>();
    long bytes = cost.batch().ofAll() * cost.boundaryBytes();
    for (int partition = 0; cut.stages() > 0 && partition <= cut.stages(); partition++) {
      int next = (partition + 1) % (cut.stages() + 1);
      edges.add(new PlannedEdge(name(partition), name(next), bytes, bytes));
    }
    return edges;
  }

  private static FedAvgComparison fedavg(JobConfig config, PartitionCost whole, long bytesPerStep) {
    long bytesPerRound = 2L * Float.BYTES * whole.trainable() * config.clients().size();
    return new FedAvgComparison(
        PlannedMemory.of(whole.memory()),
        bytesPerRound,
        bytesPerStep == 0 ? 0 : bytesPerRound / bytesPerStep);
  }

  private static String name(int partition) {
    return partition == 0 ? "owner" : "stage-" + partition;
  }
}
