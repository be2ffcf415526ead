package dev.titanic.job.config;

import static dev.titanic.job.config.Bounds.atLeast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One training run, resolved: every default filled in, every path absolute, every stage placed.
 *
 * @param stages K, the number of partitions behind the owner's; 0 means the owner has the whole
 *     model
 * @param ownerBlocks blocks at the owner beside embedding and head, when there are stages
 * @param output directory
 */
public record JobConfig(
    ModelConfig model,
    int stages,
    int ownerBlocks,
    List<ClientConfig> clients,
    TrainingConfig training,
    PlacementConfig placement,
    EvaluationConfig evaluation,
    CheckpointConfig checkpoint,
    KafkaConfig kafka,
    String output)
    implements Serializable {
  public JobConfig {
    clients = List.copyOf(clients);
    atLeast(0, stages, "stages");
    atLeast(0, ownerBlocks, "ownerBlocks");
    if (clients.stream().filter(ClientConfig::data).count() != 1) {
      throw new IllegalArgumentException("exactly one client owns data");
    }
    List<String> ids = clients.stream().map(ClientConfig::id).toList();
    if (ids.stream().distinct().count() != ids.size()) {
      throw new IllegalArgumentException("two clients have the same id: " + ids);
    }
    if (placement.hosts().size() != stages || !ids.containsAll(placement.hosts())) {
      throw new IllegalArgumentException(
          "%d stages on %s, but the clients are %s".formatted(stages, placement.hosts(), ids));
    }
  }

  /** The client whose data is trained on. */
  public ClientConfig owner() {
    return clients.stream().filter(ClientConfig::data).findFirst().orElseThrow();
  }

  /** Client id of every partition: the owner's at index 0, stage k's at index k. */
  public List<String> hosts() {
    List<String> hosts = new ArrayList<>();
    hosts.add(owner().id());
    hosts.addAll(placement.hosts());
    return List.copyOf(hosts);
  }

  /** The same run with another output directory. */
  public JobConfig withOutput(String directory) {
    return new JobConfig(
        model,
        stages,
        ownerBlocks,
        clients,
        training,
        placement,
        evaluation,
        checkpoint,
        kafka,
        directory);
  }

  /** The same run with stages placed otherwise. */
  public JobConfig withPlacement(PlacementConfig other) {
    return new JobConfig(
        model,
        stages,
        ownerBlocks,
        clients,
        training,
        other,
        evaluation,
        checkpoint,
        kafka,
        output);
  }

  /** The same run with Kafka at {@code host:port}. */
  public JobConfig withKafka(String bootstrapServers) {
    return new JobConfig(
        model,
        stages,
        ownerBlocks,
        clients,
        training,
        placement,
        evaluation,
        checkpoint,
        new KafkaConfig(bootstrapServers),
        output);
  }
}
