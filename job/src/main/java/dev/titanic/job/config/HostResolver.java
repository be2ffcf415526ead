package dev.titanic.job.config;

import static java.util.stream.Collectors.joining;

import dev.titanic.nn.ModelException;
import dev.titanic.placement.InfeasiblePlacement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How many stages there are, and which client hosts each. */
final class HostResolver {
  private final Values values;
  private final Problems problems;
  private final ModelConfig model;
  private final List<ClientConfig> clients;
  private final TrainingConfig training;

  /** Hosts that the file names: for good, or to begin with. */
  private final Map<Integer, String> named;

  /**
   * @param clients with a seat, at least one of them with data
   */
  HostResolver(
      Values values,
      Problems problems,
      ModelConfig model,
      List<ClientConfig> clients,
      TrainingConfig training) {
    this.values = values;
    this.problems = problems;
    this.model = model;
    this.clients = clients;
    this.training = training;
    this.named = new HashMap<>(values.numbered(Options.INITIAL_STAGE));
    named.putAll(values.numbered(Options.FIXED_STAGE));
  }

  /** Client id of every stage. */
  List<String> hosts() throws InvalidConfig {
    StageCount asked = values.find(Options.STAGES);
    if (!training.mode().isWhole() && asked != null && asked.isAutomatic()) {
      return automatic();
    }
    int stages = stages(asked);
    checkBlocks(stages);
    checkHosts(Options.FIXED_STAGE, stages);
    checkHosts(Options.INITIAL_STAGE, stages);
    problems.throwIfAny(); // hosts are chosen for stages that there are
    return stages > 0 && new Profiles(clients).areKnown() ? byProfile(stages) : inOrder(stages);
  }

  private int stages(@Nullable StageCount asked) {
    OptionalInt number = asked == null ? OptionalInt.empty() : asked.number();
    return switch (training.mode()) {
      case SINGLE, SEQUENTIAL, CONCURRENT -> number.orElse(clients.size() - 1);
      case CENTRALIZED, FEDAVG -> {
        if (number.orElse(0) > 0) {
          problem(
              Options.STAGES.key(),
              number.getAsInt() + " in mode " + ValueType.name(training.mode()),
              "0");
        }
        yield 0;
      }
    };
  }

  private List<String> automatic() throws InvalidConfig {
    for (Option<String> host : List.of(Options.FIXED_STAGE, Options.INITIAL_STAGE)) {
      for (Integer stage : values.numbered(host).keySet()) {
        problem(
            key(host, stage),
            "stages: auto chooses the hosts",
            "a number of stages, or no host for this one");
      }
    }
    checkBlocks(1);
    problems.throwIfAny(); // a cut needs blocks for a stage
    try {
      return selection().choose();
    } catch (ModelException e) {
      problem(Options.STAGES.key(), "auto: " + e.getMessage(), "a number of stages");
      return List.of();
    }
  }

  private HostSelection selection() {
    return new HostSelection(
        Partitioning.cost(model, training, ownersAtOnce()),
        values.get(Options.OWNER_BLOCKS),
        clients,
        training);
  }

  private int ownersAtOnce() {
    return training.mode().isAtOnce()
        ? Math.toIntExact(clients.stream().filter(ClientConfig::data).count())
        : 1;
  }

  private List<String> byProfile(int stages) {
    try {
      return selection().choose(stages, named, findInOrder(stages));
    } catch (ModelException e) {
      return inOrder(stages); // its cost is not known, or it will be refused when it is opened
    } catch (InfeasiblePlacement e) {
      problem(
          Options.STAGES.key(),
          String.valueOf(e.getMessage()),
          "fewer stages, more clients, or more memory");
      return List.of();
    }
  }

  private List<String> inOrder(int stages) {
    return findInOrder(stages).orElseGet(this::tooFewClients);
  }

  /** The k-th candidate for stage k, unless named; empty when there are too few. */
  private Optional<List<String>> findInOrder(int stages) {
    List<String> candidates = candidates();
    List<String> hosts = new ArrayList<>();
    for (int stage = 1; stage <= stages; stage++) {
      String host = named.get(stage);
      if (host == null && stage > candidates.size()) {
        return Optional.empty();
      }
      hosts.add(host == null ? candidates.get(stage - 1) : host);
    }
    return Optional.of(hosts);
  }

  private List<String> tooFewClients() {
    int candidates = candidates().size();
    int stage = candidates + 1;
    while (named.containsKey(stage)) {
      stage++;
    }
    problem(
        Options.STAGES.key(),
        "no client for stage %d: %d %s"
            .formatted(
                stage, candidates, candidates < clients.size() ? "beside the owner" : "in all"),
        "at most %d, or more clients, or placement.fixed.%s"
            .formatted(candidates, PlacementConfig.stageName(stage)));
    return List.of();
  }

  /**
   * Who hosts stages unless told otherwise, in order: clients without data, then, where several own
   * data, these too. A single owner has its turn all the time, and where owners swap, the first one
   * begins with the first partition.
   */
  private List<String> candidates() {
    List<ClientConfig> owners = clients.stream().filter(ClientConfig::data).toList();
    Stream<ClientConfig> others = clients.stream().filter(client -> !client.data());
    boolean firstHostsToo = owners.size() > 1 && !training.swaps();
    return Stream.concat(others, owners.stream().skip(firstHostsToo ? 0 : 1))
        .map(ClientConfig::id)
        .toList();
  }

  private void checkBlocks(int stages) {
    int ownerBlocks = values.get(Options.OWNER_BLOCKS);
    BlockCount.of(Path.of(model.path()))
        .ifPresent(
            blocks -> {
              if (stages > 0 && ownerBlocks + stages > blocks) {
                problem(
                    Options.STAGES.key(),
                    "%d and ownerBlocks: %d do not fit in the %d blocks of the model"
                        .formatted(stages, ownerBlocks, blocks),
                    "at least one block in every stage");
              }
            });
  }

  private void checkHosts(Option<String> option, int stages) {
    Map<Integer, String> hosts = values.numbered(option);
    hosts.forEach(
        (stage, host) -> {
          if (clients.stream().noneMatch(client -> client.id().equals(host))) {
            problem(key(option, stage), "no client " + host, "one of " + ids());
          }
          if (stage > stages) {
            problem(
                key(option, stage),
                "no such stage",
                stages == 0 ? "nothing, as stages is 0" : "stage-1 to stage-" + stages);
          }
        });
  }

  private static String key(Option<String> option, int stage) {
    return option.key().replace("<k>", Integer.toString(stage));
  }

  private String ids() {
    return clients.stream().map(ClientConfig::id).collect(joining(", "));
  }

  private void problem(String key, String wrong, String valid) {
    problems.add(values.location(key), key + ": " + wrong + "; valid: " + valid);
  }
}
