package dev.titanic.job.demo;

import dev.titanic.data.Packing;
import dev.titanic.job.config.CheckpointConfig;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.EvaluationConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.KafkaConfig;
import dev.titanic.job.config.Mode;
import dev.titanic.job.config.ModelConfig;
import dev.titanic.job.config.OptimizerConfig;
import dev.titanic.job.config.PlacementConfig;
import dev.titanic.job.config.TrainingConfig;
import dev.titanic.job.config.TurnsConfig;
import dev.titanic.nn.ComputeType;
import dev.titanic.nn.Lora;
import dev.titanic.protocol.LearningRate;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Four teams, of which the first one trains: on its own code, once with the whole model in one
 * place and once with the model cut over three teams, and otherwise alike.
 *
 * @param steps of each run
 */
public record Demo(Path baseModel, Path output, int steps) {
  /** Tokens of a sequence, in training and evaluation. */
  public static final int SEQUENCE_LENGTH = 256;

  /** Sequences of each held-out text. */
  public static final int EVALUATED_SEQUENCES = 256;

  /** Sequences of the text that ways to train are compared on. */
  private static final int COMPARED_SEQUENCES = 128;

  private static final int HELD_OUT_CHARACTERS = COMPARED_SEQUENCES / 4 * SEQUENCE_LENGTH;

  /** Rounds in which all pass once over their code when ways to train are compared. */
  public static final int ROUNDS = 4;

  /** Sequences of a micro-batch when ways to train are compared. */
  private static final int COMPARED_SIZE = 2;

  /** Window in sequences: wider than all of a team's, and of all teams' together. */
  private static final int COMPARED_SHUFFLE = 1024;

  private static final int STAGES = 2;
  private static final long SEED = 7;

  private static final List<Team> TEAMS =
      List.of(
          new Team("alice", new Library("com.google.code.gson", "gson", "2.11.0")),
          new Team("bob", new Library("joda-time", "joda-time", "2.13.0")),
          new Team("carol", new Library("com.fasterxml.jackson.core", "jackson-core", "2.18.2")),
          new Team("dave", new Library("org.apache.commons", "commons-lang3", "3.17.0")));

  /** Fetches the teams' code and writes it to the output directory. */
  public static Demo prepare(DemoFiles files, Path output, int steps)
      throws IOException, InterruptedException {
    Demo demo = new Demo(files.baseModel(), output, steps);
    Files.createDirectories(demo.texts());
    for (Team team : TEAMS) {
      SourceCode code = SourceCode.ofJar(files.sourceJars().of(team.library())).shuffled(SEED);
      code.writeTraining(demo.documents(team));
      code.upTo(demo.comparedCharacters()).writeTraining(demo.comparedDocuments(team));
      code.writeHeldOut(demo.heldOut(team));
    }
    demo.writeHeldOutOfAll();
    return demo;
  }

  /** All teams, the owner of the data first. */
  public List<Team> teams() {
    return TEAMS;
  }

  /** The team that trains. */
  public Team owner() {
    return TEAMS.get(0);
  }

  /** The teams that lend their machines to the owner, in the order of the model. */
  public List<Team> hosts() {
    return TEAMS.subList(1, 3);
  }

  /** Team whose machine is not needed while this owner trains. */
  public Team spare() {
    return TEAMS.get(3);
  }

  /** Documents that a team trains on. */
  public Path documents(Team team) {
    return texts().resolve(team.client() + ".jsonl");
  }

  /** Documents that a team trains on when ways to train are compared: as many as of each other. */
  public Path comparedDocuments(Team team) {
    return texts().resolve(team.client() + "-compared.jsonl");
  }

  /** A token is a byte of the text. */
  private int comparedCharacters() {
    return steps * COMPARED_SIZE * SEQUENCE_LENGTH;
  }

  /** Text of a team that is held out: public, for the demo's sake. */
  public Path heldOut(Team team) {
    return texts().resolve(team.client() + "-held-out.txt");
  }

  /** Beginnings of all teams' held-out texts, in equal parts. */
  private void writeHeldOutOfAll() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Team team : TEAMS) {
      String text = Files.readString(heldOut(team));
      all.append(text, 0, Math.min(text.length(), HELD_OUT_CHARACTERS));
    }
    Files.writeString(heldOutOfAll(), all);
  }

  private Path heldOutOfAll() {
    return texts().resolve("all-held-out.txt");
  }

  private Path texts() {
    return output.resolve("texts");
  }

  /** The whole model at the owner. */
  public JobConfig centralized() {
    return run(Mode.CENTRALIZED, 0, List.of(), "centralized");
  }

  /** The owner's ends of the model at the owner, the rest at the hosts. */
  public JobConfig titanic() {
    return run(Mode.SINGLE, 1, hosts().stream().map(Team::client).toList(), "titanic");
  }

  /**
   * All teams own documents, and train adapters on them once, with a quarter of the steps each,
   * spread over rounds: to be compared in every way.
   */
  public JobConfig comparison() {
    return new JobConfig(
        new ModelConfig(baseModel.toString(), ComputeType.FLOAT32),
        STAGES,
        1,
        TEAMS.stream().map(team -> ClientConfig.owner(team.client())).toList(),
        new TrainingConfig(
            Mode.SEQUENTIAL,
            TurnsConfig.ofEpochs(ROUNDS, BigDecimal.ONE.divide(BigDecimal.valueOf(ROUNDS))),
            TEAMS.size(),
            COMPARED_SIZE,
            SEQUENCE_LENGTH,
            Packing.Kind.CONCAT,
            COMPARED_SHUFFLE,
            new OptimizerConfig(3e-3, LearningRate.Shape.CONSTANT, 0, 0, true, 1),
            false,
            SEED,
            10,
            Duration.ofMinutes(5),
            new Lora(8, 16, 0, List.of(), false, null)),
        PlacementConfig.still(hosts().stream().map(Team::client).toList()),
        new EvaluationConfig(heldOutOfAll().toString(), 0, COMPARED_SEQUENCES),
        new CheckpointConfig(Duration.ofSeconds(30), Duration.ofMinutes(10)),
        new KafkaConfig(null),
        output.resolve("comparison").toString());
  }

  private JobConfig run(Mode mode, int ownerBlocks, List<String> hosts, String directory) {
    return new JobConfig(
        new ModelConfig(baseModel.toString(), ComputeType.FLOAT32),
        hosts.size(),
        ownerBlocks,
        clients(),
        training(mode),
        PlacementConfig.still(hosts),
        new EvaluationConfig(heldOut(owner()).toString(), 0, EVALUATED_SEQUENCES),
        new CheckpointConfig(Duration.ofSeconds(30), Duration.ofMinutes(10)),
        new KafkaConfig(null),
        output.resolve(directory).toString());
  }

  private List<ClientConfig> clients() {
    List<ClientConfig> clients = new ArrayList<>();
    for (Team team : TEAMS) {
      clients.add(
          team.equals(owner())
              ? ClientConfig.owner(team.client())
              : ClientConfig.host(team.client()));
    }
    return clients;
  }

  private TrainingConfig training(Mode mode) {
    return new TrainingConfig(
        mode,
        TurnsConfig.ofSteps(1, steps),
        4,
        2,
        SEQUENCE_LENGTH,
        Packing.Kind.CONCAT,
        0,
        new OptimizerConfig(1e-3, LearningRate.Shape.COSINE, steps / 10, 0.01, true, 1),
        false,
        SEED,
        10,
        Duration.ofMinutes(5),
        null);
  }
}
