package dev.titanic.job.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.titanic.job.config.AtOnceConfig;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.EvaluationConfig;
import dev.titanic.job.config.FirstPartition;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.Mode;
import dev.titanic.job.config.PlacementConfig;
import dev.titanic.job.config.TurnsConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Runs of several owners in turn, and the same documents in one topic.
 *
 * @param whole a run of one owner, with the settings of the others
 * @param documents a sequence each, in the order in which all runs train on them
 */
record SequentialRuns(EmbeddedBroker broker, JobConfig whole, List<byte[]> documents) {
  static final int MICRO_BATCHES = 2;
  private static final int SEQUENCES_PER_STEP = 2 * MICRO_BATCHES;
  private static final int SEQUENCE_LENGTH = 24;
  private static final long SEED = 7;

  /** With stages on clients without data, if at all. */
  static SequentialRuns of(EmbeddedBroker broker, int steps, Path directory) throws Exception {
    Random random = new Random(SEED);
    List<byte[]> documents =
        IntStream.range(0, steps * SEQUENCES_PER_STEP)
            .mapToObj(i -> text(random, 2 + random.nextInt(SEQUENCE_LENGTH - 1)))
            .toList();
    JobConfig whole =
        TrainingRuns.config(
            ByteLevelModel.write(GoldenRun.of("llama"), directory.resolve("model")),
            0,
            steps,
            MICRO_BATCHES,
            broker.bootstrapServers(),
            "titanic.data.all",
            directory.resolve("whole"));
    return new SequentialRuns(broker, whole, documents);
  }

  private static byte[] text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    random.ints(length, 'a', 'z' + 1).forEach(text::appendCodePoint);
    return text.toString().getBytes(UTF_8);
  }

  /** Trains on all documents in one place. */
  TrainedModel trainWhole() throws Exception {
    TrainingRuns.fill(broker, "titanic.data.all", documents);
    return TrainingRuns.train(broker, whole);
  }

  /**
   * The same with owners in turn, each of which has the documents of its own turns.
   *
   * @param hosts of the stages, owners or others
   */
  JobConfig sequential(int owners, List<String> hosts, int rounds) throws Exception {
    return sequential(FirstPartition.MIGRATE, owners, hosts, rounds, 0);
  }

  /**
   * The same, with the first partition handed on in one of the ways.
   *
   * @param withheld so many of the last documents are not yet in their topic
   */
  JobConfig sequential(
      FirstPartition firstPartition, int owners, List<String> hosts, int rounds, int withheld)
      throws Exception {
    List<List<byte[]>> topics = topics(owners, rounds);
    List<byte[]> last = topics.get(owners - 1);
    topics.set(owners - 1, last.subList(0, last.size() - withheld));
    int stepsPerTurn = stepsPerTurn(owners, rounds);
    return sequential(
        owners + "-owners-" + rounds + "-rounds",
        topics,
        hosts,
        new TurnsConfig(firstPartition, AtOnceConfig.IN_STEPS, rounds, stepsPerTurn, null));
  }

  /**
   * Owners whose turns are parts of one pass over their documents.
   *
   * @param part of an epoch that a turn is
   */
  JobConfig inParts(int owners, List<String> hosts, int rounds, String part) throws Exception {
    return sequential(
        owners + "-owners-" + rounds + "-parts",
        topics(owners, rounds),
        hosts,
        TurnsConfig.ofEpochs(rounds, new BigDecimal(part)));
  }

  private int stepsPerTurn(int owners, int rounds) {
    return (int) whole.turns().steps().orElseThrow() / owners / rounds;
  }

  /** Documents of each owner, in the order of its turns. */
  private List<List<byte[]>> topics(int owners, int rounds) {
    int perTurn = stepsPerTurn(owners, rounds) * SEQUENCES_PER_STEP;
    List<List<byte[]>> topics = new ArrayList<>();
    for (int owner = 0; owner < owners; owner++) {
      List<byte[]> own = new ArrayList<>();
      for (int turn = owner; turn < owners * rounds; turn += owners) {
        own.addAll(documents.subList(turn * perTurn, (turn + 1) * perTurn));
      }
      topics.add(own);
    }
    return topics;
  }

  /**
   * With owners that have these documents.
   *
   * @param name of the output directory
   */
  JobConfig sequential(
      String name, List<List<byte[]>> topics, List<String> hosts, TurnsConfig turns)
      throws Exception {
    List<ClientConfig> clients = new ArrayList<>();
    for (int owner = 0; owner < topics.size(); owner++) {
      String topic = "titanic.data.%s-%d".formatted(name, owner);
      clients.add(new ClientConfig("owner-" + owner, topic, true, null, null, null, Duration.ZERO));
      TrainingRuns.fill(broker, topic, topics.get(owner));
    }
    hosts.stream()
        .filter(host -> !host.startsWith("owner-"))
        .forEach(host -> clients.add(ClientConfig.host(host)));
    return withOwners(name, clients, hosts, turns);
  }

  private JobConfig withOwners(
      String name, List<ClientConfig> clients, List<String> hosts, TurnsConfig turns) {
    return new JobConfig(
        whole.model(),
        hosts.size(),
        hosts.isEmpty() ? 0 : 1,
        clients,
        whole.training().in(Mode.SEQUENTIAL, turns),
        PlacementConfig.still(hosts),
        whole.evaluation(),
        whole.checkpoint(),
        whole.kafka(),
        Path.of(whole.output()).resolveSibling(name).toString());
  }

  /** The same run with an evaluation text. */
  static JobConfig evaluated(JobConfig config, Path text) {
    return new JobConfig(
        config.model(),
        config.stages(),
        config.ownerBlocks(),
        config.clients(),
        config.training(),
        config.placement(),
        new EvaluationConfig(text.toString(), 0, 4),
        config.checkpoint(),
        config.kafka(),
        config.output());
  }
}
