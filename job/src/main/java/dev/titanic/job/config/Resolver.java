package dev.titanic.job.config;

import static java.util.stream.Collectors.joining;

import dev.titanic.nn.ModelException;
import dev.titanic.nn.graph.SequenceLimits;
import dev.titanic.protocol.LearningRate;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/** Makes the configuration out of values, each valid by itself, and checks that they agree. */
final class Resolver {
  private final Path file;
  private final Values values;
  private final Problems problems;

  private Resolver(Path file, Values values, Problems problems) {
    this.file = file;
    this.values = values;
    this.problems = problems;
  }

  /**
   * @param file in whose directory relative paths start
   */
  static JobConfig resolve(Path file, Values values, Problems problems) throws InvalidConfig {
    return new Resolver(file, values, problems).config();
  }

  private JobConfig config() throws InvalidConfig {
    ModelConfig model = model();
    TrainingConfig training = training();
    EvaluationConfig evaluation = evaluation();
    List<ClientConfig> clients = clients();
    checkOwners(clients, training.mode());
    problems.throwIfAny(); // what follows needs an owner
    checkSequenceLength(model, training);
    checkSchedule(training, clients);
    checkAggregation(training, clients);
    checkSpares(clients);
    problems.throwIfAny(); // who is spare hosts nothing
    List<ClientConfig> seated = Seats.of(clients, values.get(Options.SPARES)).seated();
    List<String> hosts = new HostResolver(values, problems, model, seated, training).hosts();
    problems.throwIfAny(); // what is fixed is among the hosts now
    PlacementConfig placement = placement(hosts);
    problems.throwIfAny();
    return new JobConfig(
        model,
        hosts.size(),
        values.get(Options.OWNER_BLOCKS),
        clients,
        training,
        placement,
        evaluation,
        new CheckpointConfig(
            values.get(Options.CHECKPOINT_INTERVAL), values.get(Options.CHECKPOINT_TIMEOUT)),
        new KafkaConfig(values.find(Options.BOOTSTRAP_SERVERS)),
        Path.of(values.get(Options.OUTPUT)).toAbsolutePath().normalize().toString());
  }

  private ModelConfig model() {
    Path path = besideFile(values.get(Options.MODEL_PATH));
    if (!Files.isRegularFile(path.resolve("config.json"))) {
      problem(
          Options.MODEL_PATH.key(),
          (Files.isDirectory(path) ? "no config.json in " : "no such directory: ") + path,
          "a Hugging Face model directory");
    }
    return new ModelConfig(path.toString(), values.get(Options.MODEL_DTYPE));
  }

  private TrainingConfig training() {
    TrainingConfig training =
        new TrainingConfig(
            values.get(Options.MODE),
            turns(),
            values.get(Options.MICRO_BATCHES),
            values.get(Options.MICRO_BATCH_SIZE),
            values.get(Options.SEQUENCE_LENGTH),
            values.get(Options.PACKING),
            values.get(Options.SHUFFLE),
            optimizer(),
            values.get(Options.RECOMPUTE),
            values.get(Options.SEED),
            values.get(Options.SKIP_LIMIT),
            values.get(Options.WATCHDOG),
            new LoraResolver(file, values, problems).lora());
    return training;
  }

  private TurnsConfig turns() {
    Integer steps = values.find(Options.STEPS_PER_TURN);
    BigDecimal epochs = values.find(Options.EPOCHS_PER_TURN);
    if (epochs == null) {
      steps = Objects.requireNonNullElse(steps, TurnsConfig.DEFAULT_STEPS);
    } else if (steps != null) {
      problem(Options.EPOCHS_PER_TURN.key(), "beside stepsPerTurn: " + steps, "one of the two");
      steps = null;
    }
    return new TurnsConfig(
        values.get(Options.FIRST_PARTITION),
        new AtOnceConfig(
            values.get(Options.AGGREGATE),
            draw(epochs != null),
            values.get(Options.SECURE_AGGREGATION)),
        values.get(Options.ROUNDS),
        steps,
        epochs);
  }

  private DrawRule draw(boolean inEpochs) {
    DrawRule draw = values.find(Options.DRAW);
    if (draw == DrawRule.PROPORTIONAL && !inEpochs) {
      problem(
          Options.DRAW.key(),
          "proportional without an end of the owners' data",
          "epochsPerTurn in place of stepsPerTurn, or equal");
    }
    return Objects.requireNonNullElse(draw, inEpochs ? DrawRule.PROPORTIONAL : DrawRule.EQUAL);
  }

  private void checkSequenceLength(ModelConfig model, TrainingConfig training) {
    int sequenceLength = training.sequenceLength();
    OptionalInt longest = longestSequence(model);
    if (longest.isPresent() && sequenceLength > longest.getAsInt()) {
      problem(
          Options.SEQUENCE_LENGTH.key(),
          sequenceLength + " is longer than the model's longest sequence",
          "2 to " + longest.getAsInt());
    }
  }

  /** Empty when the model cannot be read; opening it will tell more. */
  private static OptionalInt longestSequence(ModelConfig model) {
    try {
      return OptionalInt.of(SequenceLimits.at(Path.of(model.path())).maxTokens());
    } catch (ModelException e) {
      return OptionalInt.empty();
    }
  }

  private void checkSchedule(TrainingConfig training, List<ClientConfig> clients) {
    LearningRate.Shape schedule = training.optimizer().schedule();
    Integer stepsPerTurn = training.turns().stepsPerTurn();
    if (stepsPerTurn != null) {
      checkWarmup(training, stepsPerTurn, clients);
    } else if (schedule != LearningRate.Shape.CONSTANT) {
      problem(
          Options.SCHEDULE.key(),
          "%s needs the number of steps, which epochsPerTurn leaves open"
              .formatted(ValueType.name(schedule)),
          "constant, or stepsPerTurn");
    }
  }

  private void checkWarmup(TrainingConfig training, int stepsPerTurn, List<ClientConfig> clients) {
    long owners =
        training.mode().isAtOnce() ? 1 : clients.stream().filter(ClientConfig::data).count();
    long steps = owners * training.turns().rounds() * stepsPerTurn;
    if (training.optimizer().warmupSteps() > steps) {
      problem(
          Options.WARMUP_STEPS.key(),
          training.optimizer().warmupSteps() + " is longer than the run",
          "at most %d, which is %srounds x stepsPerTurn"
              .formatted(steps, owners > 1 ? "owners x " : ""));
    }
  }

  /** Gradients and changes of an embedding and a head name tokens by their rows. */
  private void checkAggregation(TrainingConfig training, List<ClientConfig> clients) {
    long owners = clients.stream().filter(ClientConfig::data).count();
    boolean aggregates =
        switch (training.mode()) {
          case CONCURRENT -> owners > 1;
          case FEDAVG -> true;
          case SINGLE, SEQUENTIAL, CENTRALIZED -> false;
        };
    if (training.turns().atOnce().secureAggregation()) {
      checkMasks(training.mode(), owners);
    } else if (aggregates && training.lora() == null) {
      problem(
          Options.MODE.key(),
          ValueType.name(training.mode())
              + " without lora would show the server what an owner changes in embedding and head,"
              + " and so its tokens",
          "training.lora, or secureAggregation: true, or another mode");
    }
  }

  private void checkMasks(Mode mode, long owners) {
    if (!mode.isAtOnce()) {
      problem(
          Options.SECURE_AGGREGATION.key(),
          "true in mode %s, which aggregates nothing".formatted(ValueType.name(mode)),
          "false, or mode concurrent or fedavg");
    } else if (owners < 2) {
      problem(
          Options.SECURE_AGGREGATION.key(),
          "true with one owner, whose sum is its own part",
          "false, or two clients with data or more");
    }
  }

  private OptimizerConfig optimizer() {
    return new OptimizerConfig(
        values.get(Options.LEARNING_RATE),
        values.get(Options.SCHEDULE),
        values.get(Options.WARMUP_STEPS),
        values.get(Options.WEIGHT_DECAY),
        values.get(Options.DECAY_VECTORS),
        values.get(Options.CLIP_NORM));
  }

  private EvaluationConfig evaluation() {
    String text = values.find(Options.EVALUATION_TEXT);
    if (text != null) {
      Path path = besideFile(text);
      text = path.toString();
      if (!Files.isRegularFile(path)) {
        problem(Options.EVALUATION_TEXT.key(), "no such file: " + path, "a text file");
      }
    }
    return new EvaluationConfig(
        text, values.get(Options.EVERY_STEPS), values.get(Options.MAX_SEQUENCES));
  }

  private List<ClientConfig> clients() {
    List<ClientConfig> clients = new ArrayList<>();
    for (int i = 0; i < values.items(Section.CLIENTS); i++) {
      ClientConfig client = client(i);
      if (clients.stream().anyMatch(other -> other.id().equals(client.id()))) {
        problem(
            Values.key(Options.CLIENT_ID, i),
            "a second client " + client.id(),
            "an id that no other client has");
      } else if (clients.stream().anyMatch(other -> other.topic().equals(client.topic()))) {
        problem(
            Values.key(Options.CLIENT_TOPIC, i),
            client.topic() + " is another client's",
            "a topic of its own");
      }
      clients.add(client);
    }
    return clients;
  }

  private ClientConfig client(int i) {
    String id = values.get(Options.CLIENT_ID, i);
    return new ClientConfig(
        id,
        Objects.requireNonNullElse(
            values.find(Options.CLIENT_TOPIC, i), ClientConfig.defaultTopic(id)),
        values.get(Options.CLIENT_DATA, i),
        values.find(Options.CLIENT_MEMORY, i),
        values.find(Options.CLIENT_FLOPS, i),
        values.find(Options.CLIENT_BANDWIDTH, i),
        values.get(Options.CLIENT_DELAY, i));
  }

  private PlacementConfig placement(List<String> hosts) {
    double distanceWeight = values.get(Options.DISTANCE_WEIGHT);
    double timeWeight = values.get(Options.TIME_WEIGHT);
    if (distanceWeight + timeWeight == 0) {
      problem(
          Options.TIME_WEIGHT.key(),
          "0, as " + Options.DISTANCE_WEIGHT.name() + " is",
          "one of the two above 0");
    }
    return new PlacementConfig(
        hosts,
        values.numbered(Options.FIXED_STAGE),
        values.get(Options.PLACEMENT_INTERVAL),
        values.get(Options.OBJECTIVE),
        distanceWeight,
        timeWeight,
        values.get(Options.MOVE_WEIGHT),
        values.get(Options.SPARES));
  }

  private void checkSpares(List<ClientConfig> clients) {
    int most = Seats.mostSpares(clients);
    if (values.get(Options.SPARES) > most) {
      problem(
          Options.SPARES.key(),
          "%d spares among %d clients without data".formatted(values.get(Options.SPARES), most),
          "at most " + most);
    }
  }

  private void checkOwners(List<ClientConfig> clients, Mode mode) {
    List<ClientConfig> owners = clients.stream().filter(ClientConfig::data).toList();
    String name = "mode " + ValueType.name(mode);
    String takes = mode.takesSeveralOwners() ? " takes one or more" : " takes one";
    if (clients.isEmpty()) {
      problem("clients", "none", "a list of clients, each with an id, one of them with data");
    } else if (owners.isEmpty()) {
      problem("clients", "no client has data", name + takes + ", without data: false");
    } else if (owners.size() > 1 && !mode.takesSeveralOwners()) {
      problem(
          "clients",
          ids(owners) + " all have data",
          name + takes + "; data: false on the others, or mode sequential, concurrent or fedavg");
    }
  }

  private void problem(String key, String wrong, String valid) {
    problems.add(values.location(key), key + ": " + wrong + "; valid: " + valid);
  }

  private Path besideFile(String path) {
    return file.toAbsolutePath().resolveSibling(path).normalize();
  }

  private static String ids(List<ClientConfig> clients) {
    return clients.stream().map(ClientConfig::id).collect(joining(", "));
  }
}
