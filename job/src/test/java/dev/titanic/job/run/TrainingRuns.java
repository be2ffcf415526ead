package dev.titanic.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.data.Packing;
import dev.titanic.feedback.FeedbackChannels;
import dev.titanic.job.TitanicRun;
import dev.titanic.job.Topics;
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
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.nn.ComputeType;
import dev.titanic.nn.Lora;
import dev.titanic.owner.KafkaTopic;
import dev.titanic.protocol.LearningRate;
import dev.titanic.schemas.kafka.Command;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Configurations, topics and results of the runs in tests. */
public final class TrainingRuns {
  private static final OptimizerConfig GOLDEN_OPTIMIZER =
      new OptimizerConfig(1e-3, LearningRate.Shape.CONSTANT, 0, 0.01, true, 0);

  private TrainingRuns() {}

  /** K stages on as many clients besides the owner; the golden runs' optimizer. */
  public static JobConfig config(
      Path model,
      int stages,
      int steps,
      int microBatches,
      String kafka,
      String topic,
      Path output) {
    return config(model, stages, steps, microBatches, GOLDEN_OPTIMIZER, kafka, topic, output);
  }

  static JobConfig config(
      Path model,
      int stages,
      int steps,
      int microBatches,
      OptimizerConfig optimizer,
      String kafka,
      String topic,
      Path output) {
    return config(model, stages, steps, microBatches, optimizer, null, kafka, topic, output);
  }

  /** With adapters; null means without. */
  static JobConfig config(
      Path model,
      int stages,
      int steps,
      int microBatches,
      @Nullable Lora lora,
      String kafka,
      String topic,
      Path output) {
    return config(model, stages, steps, microBatches, GOLDEN_OPTIMIZER, lora, kafka, topic, output);
  }

  private static JobConfig config(
      Path model,
      int stages,
      int steps,
      int microBatches,
      OptimizerConfig optimizer,
      @Nullable Lora lora,
      String kafka,
      String topic,
      Path output) {
    List<ClientConfig> clients = new ArrayList<>();
    List<String> hosts = new ArrayList<>();
    clients.add(new ClientConfig("alice", topic, true, null, null, null, Duration.ZERO));
    for (int stage = 1; stage <= stages; stage++) {
      clients.add(ClientConfig.host("host-" + stage));
      hosts.add("host-" + stage);
    }
    TrainingConfig training =
        new TrainingConfig(
            Mode.SINGLE,
            TurnsConfig.ofSteps(1, steps),
            microBatches,
            2,
            24,
            Packing.Kind.NONE,
            0,
            optimizer,
            false,
            7,
            10,
            Duration.ofMinutes(1),
            lora);
    return new JobConfig(
        new ModelConfig(model.toString(), ComputeType.FLOAT32),
        stages,
        stages == 0 ? 0 : 1,
        clients,
        training,
        PlacementConfig.still(hosts),
        new EvaluationConfig(null, 0, 256),
        new CheckpointConfig(Duration.ofMillis(100), Duration.ofMinutes(5)),
        new KafkaConfig(kafka),
        output.toString());
  }

  /** The same run on other clients. */
  static JobConfig on(List<ClientConfig> clients, PlacementConfig placement, JobConfig config) {
    return new JobConfig(
        config.model(),
        config.stages(),
        config.ownerBlocks(),
        clients,
        config.training(),
        placement,
        config.evaluation(),
        config.checkpoint(),
        config.kafka(),
        config.output());
  }

  /** Asks a running job for something. */
  public static void order(String kafka, Command command) throws Exception {
    append(kafka, TitanicRun.COMMANDS_TOPIC, List.of(command.toJson()));
  }

  /** The same run over shuffled sequences. */
  static JobConfig shuffled(JobConfig config, int window) {
    TrainingConfig training = config.training();
    return new JobConfig(
        config.model(),
        config.stages(),
        config.ownerBlocks(),
        config.clients(),
        new TrainingConfig(
            training.mode(),
            training.turns(),
            training.microBatches(),
            training.microBatchSize(),
            training.sequenceLength(),
            training.packing(),
            window,
            training.optimizer(),
            training.recompute(),
            training.seed(),
            training.skipLimit(),
            training.watchdog(),
            training.lora()),
        config.placement(),
        config.evaluation(),
        config.checkpoint(),
        config.kafka(),
        config.output());
  }

  static void fill(EmbeddedBroker broker, String topic, List<byte[]> records) throws Exception {
    broker.createTopic(topic, 1);
    append(broker, topic, records);
  }

  static void append(EmbeddedBroker broker, String topic, List<byte[]> records) throws Exception {
    append(broker.bootstrapServers(), topic, records);
  }

  /** Makes a topic with the records, in their order. */
  public static void fill(String kafka, String topic, List<byte[]> records) throws Exception {
    new KafkaTopic(Map.of("bootstrap.servers", kafka), topic).createIfMissing();
    append(kafka, topic, records);
  }

  private static void append(String kafka, String topic, List<byte[]> records) throws Exception {
    Map<String, Object> connection = Map.of("bootstrap.servers", kafka);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> deliveries = new ArrayList<>();
      for (byte[] record : records) {
        deliveries.add(producer.send(new ProducerRecord<>(topic, record)));
      }
      for (Future<RecordMetadata> delivery : deliveries) {
        delivery.get();
      }
    }
  }

  /** Runs to the end, undisturbed. */
  static TrainedModel train(EmbeddedBroker broker, JobConfig config) throws Exception {
    Topics.prepare(config, broker.bootstrapServers());
    try (EmbeddedRun run = EmbeddedRun.start(TitanicRun.of(config), null)) {
      run.await();
    }
    return TrainedModel.in(Path.of(config.output()));
  }

  /**
   * Runs to the end while operators fail.
   *
   * @param withheld the last owner's last records: they come only after the last failure, so that
   *     the run cannot end before it
   */
  static TrainedModel trainUnder(
      RandomFailures failures, EmbeddedBroker broker, JobConfig config, List<byte[]> withheld)
      throws Exception {
    Topics.prepare(config, broker.bootstrapServers());
    List<ClientConfig> owners = config.owners();
    try (ProbedRun run = ProbedRun.start(config, failures)) {
      failures.awaitLast();
      append(broker, owners.get(owners.size() - 1).topic(), withheld);
      run.await();
    }
    assertThat(FeedbackChannels.openChannels()).isZero();
    return TrainedModel.in(Path.of(config.output()));
  }

  /**
   * Runs to some step, and stops there or a little later.
   *
   * @param savepoints directory
   * @return the savepoint
   */
  static String stop(EmbeddedBroker broker, JobConfig config, int step, Path savepoints)
      throws Exception {
    Topics.prepare(config, broker.bootstrapServers());
    String savepoint;
    try (ProgressWatch progress = ProgressWatch.start(broker);
        EmbeddedRun run = EmbeddedRun.start(TitanicRun.of(config), null)) {
      progress.awaitStep(step);
      savepoint = run.flink().stopWithSavepoint(run.job(), savepoints).get();
      run.await();
    }
    assertThat(FeedbackChannels.openChannels()).isZero();
    return savepoint;
  }

  /** Goes on from a savepoint to the end. */
  static void resume(JobConfig config, String savepoint) throws Exception {
    try (EmbeddedRun resumed = EmbeddedRun.start(TitanicRun.of(config), savepoint)) {
      resumed.await();
    }
  }

  public static List<ProgressRecord> progress(Path output) throws Exception {
    List<ProgressRecord> records = new ArrayList<>();
    for (String line : Files.readAllLines(new OutputDirectory(output).progress())) {
      records.add(ProgressRecord.fromJson(line.getBytes(StandardCharsets.UTF_8)));
    }
    return records;
  }

  /** Of one kind, in the order in which they came. */
  static <T extends ProgressRecord> List<T> progress(Path output, Class<T> kind) throws Exception {
    return progress(output).stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public static List<Double> losses(Path output) throws Exception {
    return progress(output, ProgressRecord.Step.class).stream()
        .map(ProgressRecord.Step::loss)
        .toList();
  }
}
