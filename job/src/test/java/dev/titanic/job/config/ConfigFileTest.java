package dev.titanic.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.data.Packing;
import dev.titanic.nn.ComputeType;
import dev.titanic.nn.Lora;
import dev.titanic.placement.Objective;
import dev.titanic.protocol.LearningRate;
import dev.titanic.protocol.Turns;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFileTest {
  private static final String SMALLEST =
      """
      model: {path: base}
      clients:
        - id: alice
        - {id: bob, data: false}
        - {id: carol, data: false}
      """;
  private static final String EVERYTHING =
      """
      model:
        path: base
        dtype: float32
      stages: 3
      ownerBlocks: 0
      clients:
        - {id: bob, data: false, memory: 8g, flops: 12t, bandwidth: 50m, delay: 20ms}
        - {id: alice, data: true, topic: private.alice}
        - {id: carol, data: false}
      training:
        mode: single
        firstPartition: migrate
        aggregate: gradients
        draw: equal
        secureAggregation: false
        rounds: 2
        stepsPerTurn: 50
        microBatches: 3
        microBatchSize: 5
        sequenceLength: 64
        packing: none
        shuffle: 1024
        learningRate: 1e-3
        schedule: cosine
        warmupSteps: 10
        weightDecay: 0.1
        decayVectors: false
        clipNorm: 0
        recompute: true
        seed: -1
        skipLimit: 2
        watchdog: 90s
        lora:
          rank: 4
          alpha: 8
          targets: [q_proj, v_proj]
          dropout: 0.1
          rslora: false
          initial: adapter
      placement:
        interval: 5s
        objective: affinity
        distanceWeight: 0.5
        timeWeight: 2
        moveWeight: 1
        spares: 1
        fixed: {stage-2: bob}
        initial: {stage-3: alice}
      evaluation: {text: test.txt, everySteps: 20, maxSequences: 8}
      checkpoint: {interval: 100ms, timeout: 1h}
      kafka: {bootstrapServers: "one:9092,two:9092"}
      output: /results
      """;

  @TempDir private Path temporary;
  private ConfigDirectory directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = ConfigDirectory.in(temporary);
  }

  @Test
  void fillsInDefaults() throws Exception {
    assertThat(directory.read(SMALLEST))
        .isEqualTo(
            new JobConfig(
                new ModelConfig(temporary.resolve("base").toString(), ComputeType.FLOAT32),
                2,
                1,
                List.of(
                    ClientConfig.owner("alice"),
                    ClientConfig.host("bob"),
                    ClientConfig.host("carol")),
                new TrainingConfig(
                    Mode.SINGLE,
                    TurnsConfig.ofSteps(1, 100),
                    4,
                    2,
                    128,
                    Packing.Kind.CONCAT,
                    0,
                    new OptimizerConfig(3.0e-4, LearningRate.Shape.CONSTANT, 0, 0.0, true, 1.0),
                    false,
                    7,
                    10,
                    Duration.ofMinutes(5),
                    null),
                new PlacementConfig(
                    List.of("bob", "carol"),
                    Map.of(),
                    Duration.ofSeconds(30),
                    Objective.STEP_TIME,
                    1,
                    1,
                    0.5,
                    0),
                new EvaluationConfig(null, 0, 256),
                new CheckpointConfig(Duration.ofSeconds(30), Duration.ofMinutes(10)),
                new KafkaConfig(null),
                Path.of("out").toAbsolutePath().toString()));
  }

  @Test
  void mapsEveryKey() throws Exception {
    assertThat(directory.read(EVERYTHING))
        .isEqualTo(
            new JobConfig(
                new ModelConfig(temporary.resolve("base").toString(), ComputeType.FLOAT32),
                3,
                0,
                List.of(
                    new ClientConfig(
                        "bob",
                        "titanic.data.bob",
                        false,
                        8L << 30,
                        12_000_000_000_000L,
                        50_000_000L,
                        Duration.ofMillis(20)),
                    new ClientConfig(
                        "alice", "private.alice", true, null, null, null, Duration.ZERO),
                    ClientConfig.host("carol")),
                new TrainingConfig(
                    Mode.SINGLE,
                    TurnsConfig.ofSteps(2, 50),
                    3,
                    5,
                    64,
                    Packing.Kind.NONE,
                    1024,
                    new OptimizerConfig(1e-3, LearningRate.Shape.COSINE, 10, 0.1, false, 0.0),
                    true,
                    -1,
                    2,
                    Duration.ofSeconds(90),
                    new Lora(
                        4,
                        8,
                        0.1,
                        List.of("q_proj", "v_proj"),
                        false,
                        temporary.resolve("adapter").toString())),
                new PlacementConfig(
                    List.of("bob", "bob", "alice"),
                    Map.of(2, "bob"),
                    Duration.ofSeconds(5),
                    Objective.AFFINITY,
                    0.5,
                    2,
                    1,
                    1),
                new EvaluationConfig(temporary.resolve("test.txt").toString(), 20, 8),
                new CheckpointConfig(Duration.ofMillis(100), Duration.ofHours(1)),
                new KafkaConfig("one:9092,two:9092"),
                "/results"));
  }

  @Test
  void everyOptionIsInTheFullExample() throws Exception {
    Problems problems = new Problems("example");
    Values values = ValuesReader.read(YamlReader.read(EVERYTHING, problems), problems);

    assertThat(Options.ALL)
        .filteredOn(option -> !option.equals(Options.EPOCHS_PER_TURN)) // which excludes another
        .allSatisfy(
            option ->
                assertThat(List.of("[0]", "[1]"))
                    .anyMatch(
                        item ->
                            values.isLocated(
                                option
                                    .key()
                                    .replace("[]", item)
                                    .replace("initial.stage-<k>", "initial.stage-3")
                                    .replace("<k>", "2"))));
  }

  @Test
  void readsWhatItHasWritten() throws Exception {
    for (String yaml :
        List.of(
            SMALLEST,
            EVERYTHING,
            SMALLEST + "training: {epochsPerTurn: 2, lora: {rank: 2}}\n",
            SMALLEST + "training: {epochsPerTurn: 0.000000125, rounds: 2}\n")) {
      JobConfig config = directory.read(yaml);
      Path written = temporary.resolve("run.yaml");

      ConfigFile.write(config, written);

      assertThat(ConfigFile.read(written)).isEqualTo(config);
    }
  }

  @Test
  void travelsToTheCluster() throws Exception {
    JobConfig config = directory.read(EVERYTHING);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(config);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(config);
    }
  }

  @Test
  void trainsAdaptersOnlyWhenASectionAsksForIt() throws Exception {
    assertThat(directory.read(SMALLEST).training().lora()).isNull();
    assertThat(directory.read(SMALLEST + "training: {lora: {}}\n").training().lora())
        .isEqualTo(new Lora(8, 16, 0, List.of(), false, null));
    assertThat(directory.read(SMALLEST + "training: {lora: {targets: c_attn}}").training().lora())
        .isEqualTo(new Lora(8, 16, 0, List.of("c_attn"), false, null));
  }

  @Test
  void takesTheSettingsOfAdaptersToGoOnFrom() throws Exception {
    JobConfig config = directory.read(SMALLEST + "training: {lora: {initial: adapter}}\n");

    assertThat(config.training().lora())
        .isEqualTo(
            new Lora(
                4,
                8,
                0,
                List.of("q_proj", "v_proj"),
                false,
                temporary.resolve("adapter").toString()));
  }

  @Test
  void keepsTheWholeModelAtTheOwnerWhenCentralized() throws Exception {
    JobConfig config = directory.read(SMALLEST + "training: {mode: centralized}\n");

    assertThat(config.stages()).isZero();
    assertThat(config.hosts()).containsExactly("alice");
  }

  @Test
  void ownersInTurnHostStagesWhereOthersAreTooFew() throws Exception {
    JobConfig config =
        directory.read(
            """
            model: {path: base}
            clients:
              - id: alice
              - {id: bob, data: false}
              - id: carol
            training: {mode: sequential, rounds: 3, stepsPerTurn: 5}
            """);

    assertThat(config.turns()).isEqualTo(Turns.ofSteps(List.of("alice", "carol"), 5, 3));
    assertThat(config.placement().hosts()).containsExactly("bob", "alice");
    assertThat(config.clients())
        .extracting(config::hostedBy)
        .containsExactly(List.of(0, 2), List.of(1), List.of(0));
  }

  @Test
  void turnsMayBeEpochs() throws Exception {
    JobConfig config =
        directory.read(SMALLEST + "training: {epochsPerTurn: 3, rounds: 2, warmupSteps: 900}\n");

    assertThat(config.training().turns()).isEqualTo(TurnsConfig.ofEpochs(2, 3));
    assertThat(config.turns()).isEqualTo(Turns.ofEpochs(List.of("alice"), new BigDecimal(3), 2));
  }

  @ParameterizedTest
  @CsvSource({"0.125, 0.125", "1.50, 1.5", "20, 20", "1e-3, 0.001", "2.0, 2"})
  void turnsMayBeAFractionOfEpochs(String written, String epochs) throws Exception {
    JobConfig config =
        directory.read(SMALLEST + "training: {rounds: 8, epochsPerTurn: %s}\n".formatted(written));

    assertThat(config.training().turns())
        .isEqualTo(TurnsConfig.ofEpochs(8, new BigDecimal(epochs)));
  }

  @Test
  void namesTheHostOfEveryPartition() throws Exception {
    assertThat(directory.read(EVERYTHING).hosts()).containsExactly("alice", "bob", "bob", "alice");
  }
}
