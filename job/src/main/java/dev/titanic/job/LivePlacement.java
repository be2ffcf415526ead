package dev.titanic.job;

import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.PartitionedModel;
import dev.titanic.job.config.PlacementConfig;
import dev.titanic.placement.Client;
import dev.titanic.placement.Demand;
import dev.titanic.placement.PlacementSettings;
import dev.titanic.placement.Weights;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run's placement knows from the configuration and the model, before it measures. */
final class LivePlacement {
  /** Between two profiles of a client. */
  static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private static final Duration SILENCE = HEARTBEAT.multipliedBy(6);

  private final JobConfig config;

  private LivePlacement(JobConfig config) {
    this.config = config;
  }

  static PlacementSettings settings(JobConfig config, PartitionedModel model) {
    return new LivePlacement(config).settings(model.demands(), model.boundaryBytes());
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
