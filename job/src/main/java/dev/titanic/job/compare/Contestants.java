package dev.titanic.job.compare;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.titanic.job.config.Aggregate;
import dev.titanic.job.config.AtOnceConfig;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.KafkaConfig;
import dev.titanic.job.config.Mode;
import dev.titanic.job.config.PlacementConfig;
import dev.titanic.job.config.TrainingConfig;
import dev.titanic.job.config.TurnsConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The ways to train one configuration, with the same amount of training in each: every owner's
 * sequences are trained on as often, and a step has as many sequences wherever these can be dealt
 * evenly among owners at once. Partitions stay where they are at first, unless a turn moves them.
 */
public final class Contestants {
  private final JobConfig config;
  private final List<String> owners;

  private Contestants(JobConfig config) {
    this.config = config;
    this.owners = config.owners().stream().map(ClientConfig::id).toList();
  }

  /**
   * Derives the runs from one with several owners, in whatever mode.
   *
   * @throws IllegalArgumentException when there is one owner only, or when turns are counted in
   *     steps, of which centralized training would spend all on the data of the first owners
   */
  public static List<Contestant> of(JobConfig config) {
    Contestants contestants = new Contestants(config);
    if (contestants.owners.size() < 2) {
      throw new IllegalArgumentException("there is nothing to compare for one owner");
    }
    if (config.training().turns().epochsPerTurn() == null) {
      throw new IllegalArgumentException("turns of steps are not passes over the same data");
    }
    return contestants.all();
  }

  private List<Contestant> all() {
    List<Contestant> all = new ArrayList<>();
    all.add(centralized());
    all.add(contestant("FedAvg", "fedavg", Mode.FEDAVG, config.training(), each()));
    all.add(sequential(each()));
    if (owners.size() == 4) {
      all.add(sequential(pairs()));
    }
    all.add(concurrent("gradients", Aggregate.GRADIENTS));
    all.add(concurrent("parameters", Aggregate.PARAMETERS));
    return all;
  }

  private Contestant centralized() {
    return contestant(
        "centralized",
        "centralized",
        Mode.CENTRALIZED,
        unmasked(config.training()),
        Map.of(owners.get(0), owners));
  }

  private Contestant sequential(Map<String, List<String>> documents) {
    int turns = documents.size();
    return contestant(
        "sequential, %d owners".formatted(turns),
        "sequential-" + turns,
        Mode.SEQUENTIAL,
        unmasked(config.training()),
        documents);
  }

  private Contestant concurrent(String what, Aggregate aggregate) {
    TrainingConfig training = dealt(config.training());
    TurnsConfig turns = training.turns();
    TurnsConfig atOnce =
        new TurnsConfig(
            turns.firstPartition(),
            new AtOnceConfig(aggregate, turns.atOnce().draw(), turns.atOnce().secureAggregation()),
            turns.rounds(),
            turns.stepsPerTurn(),
            turns.epochsPerTurn());
    return contestant(
        "concurrent, " + what,
        "concurrent-" + what,
        Mode.CONCURRENT,
        with(training, Mode.CONCURRENT, atOnce, training.microBatches(), training.microBatchSize()),
        each());
  }

  /** A step's sequences among owners at once, if that is possible; else each gives as many. */
  private TrainingConfig dealt(TrainingConfig training) {
    int parts = owners.size();
    int microBatches = training.microBatches();
    int size = training.microBatchSize();
    if (microBatches % parts == 0) {
      return with(training, training.mode(), training.turns(), microBatches / parts, size);
    }
    return size % parts == 0
        ? with(training, training.mode(), training.turns(), microBatches, size / parts)
        : training;
  }

  /** Where nothing is aggregated there is nothing to mask. */
  private static TrainingConfig unmasked(TrainingConfig training) {
    return with(
        training,
        training.mode(),
        training.turns().unmasked(),
        training.microBatches(),
        training.microBatchSize());
  }

  private Map<String, List<String>> each() {
    return owners.stream()
        .collect(toMap(identity(), List::of, (one, other) -> one, LinkedHashMap::new));
  }

  private Map<String, List<String>> pairs() {
    Map<String, List<String>> pairs = new LinkedHashMap<>();
    pairs.put(owners.get(0), owners.subList(0, 2));
    pairs.put(owners.get(2), owners.subList(2, 4));
    return pairs;
  }

  private Contestant contestant(
      String name,
      String directory,
      Mode mode,
      TrainingConfig training,
      Map<String, List<String>> documents) {
    boolean isWhole = mode == Mode.CENTRALIZED || mode == Mode.FEDAVG;
    JobConfig run =
        new JobConfig(
            config.model(),
            isWhole ? 0 : config.stages(),
            isWhole ? 0 : config.ownerBlocks(),
            clients(documents),
            with(
                training,
                mode,
                training.turns(),
                training.microBatches(),
                training.microBatchSize()),
            PlacementConfig.still(isWhole ? List.of() : config.placement().hosts()),
            config.evaluation(),
            config.checkpoint(),
            new KafkaConfig(null),
            Path.of(config.output()).resolve(directory).toString());
    return new Contestant(name, directory, run, documents);
  }

  /** Whose documents are another's only hosts partitions. */
  private List<ClientConfig> clients(Map<String, List<String>> documents) {
    return config.clients().stream()
        .map(
            client ->
                new ClientConfig(
                    client.id(),
                    client.topic(),
                    documents.containsKey(client.id()),
                    client.memory(),
                    client.flops(),
                    client.bandwidth(),
                    client.delay()))
        .collect(Collectors.toList());
  }

  private static TrainingConfig with(
      TrainingConfig training, Mode mode, TurnsConfig turns, int microBatches, int size) {
    return new TrainingConfig(
        mode,
        turns,
        microBatches,
        size,
        training.sequenceLength(),
        training.packing(),
        training.shuffle(),
        training.optimizer(),
        training.recompute(),
        training.seed(),
        training.skipLimit(),
        training.watchdog(),
        training.lora());
  }
}
