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
 * evenly among owners at once. What the configuration spreads over rounds is one turn of all passes
 * where there is nothing to average. Partitions stay where they are at first, unless a turn moves
 * them.
 */
final class Contestants {
  private final JobConfig config;
  private final List<String> owners;
  private final TurnsConfig rounds;

  private Contestants(JobConfig config) {
    this.config = config;
    this.owners = config.owners().stream().map(ClientConfig::id).toList();
    this.rounds = config.training().turns();
  }

  /**
   * Derives the runs from one with several owners, in whatever mode.
   *
   * @throws IllegalArgumentException when there is one owner only, or when turns are counted in
   *     steps, of which centralized training would spend all on the data of the first owners
   */
  static List<Contestant> of(JobConfig config) {
    Contestants contestants = new Contestants(config);
    if (contestants.owners.size() < 2) {
      throw new IllegalArgumentException("there is nothing to compare for one owner");
    }
    if (contestants.rounds.epochsPerTurn() == null) {
      throw new IllegalArgumentException("turns of steps are not passes over the same data");
    }
    return contestants.all();
  }

  private List<Contestant> all() {
    List<Contestant> all = new ArrayList<>();
    all.add(centralized());
    all.add(fedavg());
    all.add(sequential(each(), inOneRound()));
    if (rounds.rounds() > 1) {
      all.add(sequential(each(), rounds.unmasked()));
    }
    if (owners.size() > 2) {
      all.add(sequential(halves(), inOneRound()));
    }
    all.add(concurrent("gradients", Aggregate.GRADIENTS));
    all.add(concurrent("parameters", Aggregate.PARAMETERS));
    return all;
  }

  private Contestant centralized() {
    return contestant(
        "centralized",
        "centralized",
        config.training().in(Mode.CENTRALIZED, inOneRound()),
        Map.of(owners.get(0), owners));
  }

  private Contestant fedavg() {
    return contestant("FedAvg", "fedavg", config.training().in(Mode.FEDAVG, rounds), each());
  }

  private Contestant sequential(Map<String, List<String>> documents, TurnsConfig turns) {
    int count = documents.size();
    boolean inRounds = turns.rounds() > 1;
    return contestant(
        "sequential, %d owners".formatted(count)
            + (inRounds ? ", %d rounds".formatted(turns.rounds()) : ""),
        "sequential-" + count + (inRounds ? "-rounds" : ""),
        config.training().in(Mode.SEQUENTIAL, turns),
        documents);
  }

  private Contestant concurrent(String what, Aggregate aggregate) {
    TurnsConfig atOnce =
        new TurnsConfig(
            rounds.firstPartition(),
            new AtOnceConfig(
                aggregate, rounds.atOnce().draw(), rounds.atOnce().secureAggregation()),
            rounds.rounds(),
            rounds.stepsPerTurn(),
            rounds.epochsPerTurn());
    return contestant(
        "concurrent, " + what,
        "concurrent-" + what,
        dealt(config.training().in(Mode.CONCURRENT, atOnce)),
        each());
  }

  /** All passes of all rounds in one turn of each owner; nothing is aggregated that has masks. */
  private TurnsConfig inOneRound() {
    return new TurnsConfig(rounds.firstPartition(), rounds.atOnce(), 1, null, rounds.passes())
        .unmasked();
  }

  /** A step's sequences among owners at once, if that is possible; else each gives as many. */
  private TrainingConfig dealt(TrainingConfig training) {
    int parts = owners.size();
    int microBatches = training.microBatches();
    int size = training.microBatchSize();
    if (microBatches % parts == 0) {
      return training.withStep(microBatches / parts, size);
    }
    return size % parts == 0 ? training.withStep(microBatches, size / parts) : training;
  }

  private Map<String, List<String>> each() {
    return owners.stream()
        .collect(toMap(identity(), List::of, (one, other) -> one, LinkedHashMap::new));
  }

  /** Two owners with the documents of all. */
  private Map<String, List<String>> halves() {
    int middle = (owners.size() + 1) / 2;
    Map<String, List<String>> halves = new LinkedHashMap<>();
    halves.put(owners.get(0), owners.subList(0, middle));
    halves.put(owners.get(middle), owners.subList(middle, owners.size()));
    return halves;
  }

  private Contestant contestant(
      String name, String directory, TrainingConfig training, Map<String, List<String>> documents) {
    boolean isWhole = training.mode() == Mode.CENTRALIZED || training.mode() == Mode.FEDAVG;
    boolean areInTopics = documents.values().stream().allMatch(owned -> owned.size() == 1);
    JobConfig run =
        new JobConfig(
            config.model(),
            isWhole ? 0 : config.stages(),
            isWhole ? 0 : config.ownerBlocks(),
            clients(documents),
            training,
            PlacementConfig.still(isWhole ? List.of() : config.placement().hosts()),
            config.evaluation(),
            config.checkpoint(),
            areInTopics ? config.kafka() : new KafkaConfig(null),
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
}
