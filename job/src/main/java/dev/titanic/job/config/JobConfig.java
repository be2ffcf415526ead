package dev.titanic.job.config;

import static dev.titanic.job.config.Bounds.atLeast;
import static java.util.Comparator.comparingLong;

import dev.titanic.protocol.Concurrency;
import dev.titanic.protocol.Turns;
import dev.titanic.schemas.edge.Message.Quantity;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
    long owners = clients.stream().filter(ClientConfig::data).count();
    if (owners == 0 || owners > 1 && !training.mode().takesSeveralOwners()) {
      throw new IllegalArgumentException(
          "%d clients own data in mode %s".formatted(owners, training.mode()));
    }
    if (training.turns().atOnce().secureAggregation()
        && (owners < 2 || !training.mode().isAtOnce())) {
      throw new IllegalArgumentException(
          "masks among %d owners in mode %s".formatted(owners, training.mode()));
    }
    List<String> ids = ids(clients);
    if (ids.stream().distinct().count() != ids.size()) {
      throw new IllegalArgumentException("two clients have the same id: " + ids);
    }
    List<String> seated = ids(Seats.of(clients, placement.spares()).seated());
    if (placement.hosts().size() != stages || !seated.containsAll(placement.hosts())) {
      throw new IllegalArgumentException(
          "%d stages on %s, but the clients with a seat are %s"
              .formatted(stages, placement.hosts(), seated));
    }
  }

  private static List<String> ids(List<ClientConfig> clients) {
    return clients.stream().map(ClientConfig::id).toList();
  }

  /** Ids of the clients that have a column from the start. */
  public List<String> seated() {
    return ids(Seats.of(clients, placement.spares()).seated());
  }

  /** Ids of the clients that wait for a column to become free. */
  public List<String> spares() {
    return ids(Seats.of(clients, placement.spares()).spare());
  }

  /** The clients whose data is trained on, in the order of their turns. */
  public List<ClientConfig> owners() {
    return clients.stream().filter(ClientConfig::data).toList();
  }

  /** Whose turn it is, and how long the run is; rounds of owners at once are turns of the first. */
  public Turns turns() {
    List<String> owners = ids(owners());
    return training.turns().of(training.mode().isAtOnce() ? owners.subList(0, 1) : owners);
  }

  /** Owners that share the stages in one step; 1 when they take turns. */
  public int ownersAtOnce() {
    return training.mode().isAtOnce() ? owners().size() : 1;
  }

  /** How owners train at once; null when they take turns, as a single one does. */
  public @Nullable Concurrency concurrency() {
    List<String> owners = ids(owners());
    AtOnceConfig atOnce = training.turns().atOnce();
    Quantity aggregate = atOnce.aggregate().quantity();
    boolean proportional = atOnce.draw() == DrawRule.PROPORTIONAL;
    return switch (training.mode()) {
      case SINGLE, SEQUENTIAL, CENTRALIZED -> null;
      case CONCURRENT ->
          owners.size() == 1 ? null : new Concurrency(owners, aggregate, proportional, false);
      case FEDAVG -> new Concurrency(owners, Quantity.WEIGHTS, false, true);
    };
  }

  /** Whether owners mask what they give to sums. */
  public boolean masks() {
    return training.turns().atOnce().secureAggregation();
  }

  /**
   * Client id of every partition in the first turn: the first owner's at index 0, stage k's at
   * index k.
   */
  public List<String> hosts() {
    List<String> hosts = new ArrayList<>();
    hosts.add(owners().get(0).id());
    hosts.addAll(placement.hosts());
    return List.copyOf(hosts);
  }

  /**
   * What a client may hold at a time, each possibility for itself. Where the first partition is
   * swapped, stages go round among the owners, and each holds one partition at a time.
   */
  public List<List<Integer>> loadsOf(ClientConfig client) {
    if (!client.data() || !swaps()) {
      return List.of(hostedBy(client));
    }
    List<String> owners = ids(owners());
    return IntStream.rangeClosed(0, stages)
        .filter(
            partition -> partition == 0 || owners.contains(placement.hosts().get(partition - 1)))
        .mapToObj(List::of)
        .toList();
  }

  /**
   * Of what a client may hold at a time, the partitions that take most.
   *
   * @param bytes that a partition takes
   */
  public List<Integer> heaviestLoadOf(ClientConfig client, IntToLongFunction bytes) {
    return Collections.max(
        loadsOf(client), comparingLong(load -> load.stream().mapToLong(bytes::applyAsLong).sum()));
  }

  /** Whether owners in turn exchange the first partition for a stage. */
  public boolean swaps() {
    return training.swaps();
  }

  /** Partitions that a client holds in the first turn, or, an owner, in its own. */
  public List<Integer> hostedBy(ClientConfig client) {
    return IntStream.rangeClosed(0, stages)
        .filter(
            partition ->
                partition == 0
                    ? client.data()
                    : placement.hosts().get(partition - 1).equals(client.id()))
        .boxed()
        .toList();
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
