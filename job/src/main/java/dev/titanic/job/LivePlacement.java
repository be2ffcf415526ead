package dev.titanic.job;

import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.Partitioning;
import dev.titanic.job.config.PlacementConfig;
import dev.titanic.nn.Cut;
import dev.titanic.nn.graph.TracedDirectory;
import dev.titanic.nn.partition.ModelCost;
import dev.titanic.placement.Client;
import dev.titanic.placement.Demand;
import dev.titanic.placement.Demands;
import dev.titanic.placement.PlacementSettings;
import dev.titanic.placement.Weights;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a run's placement knows from the configuration and the model, before it measures. */
final class LivePlacement {
  /** Between two profiles of a client. */
  static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private static final Duration SILENCE = HEARTBEAT.multipliedBy(6);

  private final JobConfig config;
  private final Cut cut;

  private LivePlacement(JobConfig config, Cut cut) {
    this.config = config;
    this.cut = cut;
  }

  static PlacementSettings settings(JobConfig config, Cut cut) {
    return new LivePlacement(config, cut).settings();
  }

  private PlacementSettings settings() {
    Path model = Path.of(config.model().path());
    if (TracedDirectory.isAt(model)) {
      return settings(traced(TracedDirectory.open(model)), 0);
    }
    ModelCost cost = Partitioning.of(config).cost();
    return settings(Demands.of(cost, cut), cost.boundaryBytes());
  }

  private PlacementSettings settings(List<Demand> demands, long boundaryBytes) {
    PlacementConfig placement = config.placement();
    return new PlacementSettings(
        demands,
        config.clients().stream().map(this::client).toList(),
        boundaryBytes,
        config.training().microBatches(),
        placement.fixedHosts(),
        severalPerClient(),
        placement.objective(),
        new Weights(placement.distanceWeight(), placement.timeWeight()),
        placement.moveWeight(),
        placement.interval(),
        SILENCE);
  }

  /**
   * A traced model's operations are not known: those of a partition are taken to be as its weights.
   */
  private List<Demand> traced(TracedDirectory model) {
    return IntStream.rangeClosed(0, cut.stages())
        .mapToObj(
            partition -> {
              long memory = model.trainingBytes(cut, partition);
              double flops = memory;
              long state = memory / 4 * 3; // all but the gradients
              return partition == 0
                  ? Demand.owner(memory, flops, 0, 0, state)
                  : Demand.stage(partition, memory, flops, 0, state);
            })
        .toList();
  }

  /** Where clients are too few, or where the run begins like that. */
  private boolean severalPerClient() {
    return new HashSet<>(config.hosts()).size() < config.hosts().size()
        || config.clients().size() < config.hosts().size();
  }

  private Client client(ClientConfig client) {
    return new Client(
        client.id(),
        client.memory(),
        toDouble(client.flops()),
        toDouble(client.bandwidth()),
        client.data() && !config.swaps());
  }

  private static @Nullable Double toDouble(@Nullable Long value) {
    return value == null ? null : value.doubleValue();
  }
}
