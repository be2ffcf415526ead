package dev.titanic.job.run;

import dev.titanic.job.config.AtOnceConfig;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.FirstPartition;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.Mode;
import dev.titanic.job.config.PlacementConfig;
import dev.titanic.job.config.TurnsConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.nn.Lora;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs of three owners at once with a stage on the second one's client and another on a client
 * without data, and the same micro-batches in one topic.
 *
 * @param records two for each micro-batch, in the order of their global indices
 */
public record OwnersAtOnceRuns(
    EmbeddedBroker broker, int steps, List<byte[]> records, Path directory) {
  static final int OWNERS = 3;
  private static final int MICRO_BATCHES = 2;
  private static final int SEQUENCES = 2;
  private static final Lora LORA = new Lora(2, 4, 0.1, List.of(Lora.ALL_LINEAR), false, null);

  static OwnersAtOnceRuns of(EmbeddedBroker broker, int steps, Path directory) throws Exception {
    List<byte[]> records = GoldenRun.of("llama").recordsFor(steps * OWNERS * MICRO_BATCHES);
    return new OwnersAtOnceRuns(broker, steps, records, directory);
  }

  /** One owner of all data. */
  JobConfig centralized() throws Exception {
    TrainingRuns.fill(broker, "titanic.data.all", records);
    return TrainingRuns.config(
        GoldenRun.of("llama").model(),
        0,
        steps,
        OWNERS * MICRO_BATCHES,
        LORA,
        broker.bootstrapServers(),
        "titanic.data.all",
        directory.resolve("all"));
  }

  /** Micro-batch m of owner j is the one with the global index {@code m * OWNERS + j}. */
  List<byte[]> recordsOf(int owner) {
    List<byte[]> own = new ArrayList<>();
    for (int index = owner; index < steps * OWNERS * MICRO_BATCHES; index += OWNERS) {
      own.addAll(records.subList(index * SEQUENCES, (index + 1) * SEQUENCES));
    }
    return own;
  }

  /**
   * The owners at once. Under masks they train all weights, otherwise adapters.
   *
   * @param name of topics and output
   * @param stages 0 to 2
   * @param withheld so many of the last owner's records are not yet in its topic
   */
  JobConfig atOnce(
      String name, Mode mode, AtOnceConfig atOnce, int stages, int rounds, int withheld)
      throws Exception {
    List<List<byte[]>> topics = new ArrayList<>();
    for (int owner = 0; owner < OWNERS; owner++) {
      List<byte[]> own = recordsOf(owner);
      boolean isLast = owner == OWNERS - 1;
      topics.add(own.subList(0, own.size() - (isLast ? withheld : 0)));
    }
    return atOnce(
        name,
        mode,
        new TurnsConfig(FirstPartition.MIGRATE, atOnce, rounds, steps / rounds, null),
        stages,
        topics);
  }

  /** Two rounds of epochs: an owner has as much data again as the one before it has more. */
  JobConfig unequal(String name, BigDecimal epochs) throws Exception {
    List<List<byte[]>> topics = new ArrayList<>();
    int used = 0;
    for (int owner = 0; owner < OWNERS; owner++) {
      int own = records.size() * (owner + 1) / 6; // 1 + 2 + 3
      topics.add(records.subList(used, used + own));
      used += own;
    }
    return atOnce(name, Mode.CONCURRENT, TurnsConfig.ofEpochs(2, epochs), 1, topics);
  }

  private JobConfig atOnce(
      String name, Mode mode, TurnsConfig turns, int stages, List<List<byte[]>> topics)
      throws Exception {
    List<ClientConfig> clients = new ArrayList<>();
    for (int owner = 0; owner < OWNERS; owner++) {
      String topic = "titanic.data.%s-%d".formatted(name, owner);
      clients.add(new ClientConfig("owner-" + owner, topic, true, null, null, null, Duration.ZERO));
      TrainingRuns.fill(broker, topic, topics.get(owner));
    }
    List<String> hosts = List.of("owner-1", "host").subList(0, stages);
    if (hosts.contains("host")) {
      clients.add(ClientConfig.host("host"));
    }
    JobConfig base =
        TrainingRuns.config(
            GoldenRun.of("llama").model(),
            0,
            steps,
            MICRO_BATCHES,
            turns.atOnce().secureAggregation() ? null : LORA,
            broker.bootstrapServers(),
            "none",
            directory.resolve(name));
    return new JobConfig(
        base.model(),
        stages,
        stages == 0 ? 0 : 1,
        clients,
        base.training().in(mode, turns),
        PlacementConfig.still(hosts),
        base.evaluation(),
        base.checkpoint(),
        base.kafka(),
        base.output());
  }

  /** The same run with owners at once. */
  public static JobConfig inMode(Mode mode, AtOnceConfig atOnce, JobConfig config) {
    return new JobConfig(
        config.model(),
        config.stages(),
        config.ownerBlocks(),
        config.clients(),
        config.training().in(mode, new TurnsConfig(FirstPartition.MIGRATE, atOnce, 1, 1, null)),
        config.placement(),
        config.evaluation(),
        config.checkpoint(),
        config.kafka(),
        config.output());
  }
}
