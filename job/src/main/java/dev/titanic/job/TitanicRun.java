package dev.titanic.job;

import dev.titanic.column.ModelLoading;
import dev.titanic.coordinator.ControlRecord;
import dev.titanic.coordinator.CoordinatorSettings;
import dev.titanic.coordinator.StoppableSource;
import dev.titanic.data.Shuffle;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.OptimizerConfig;
import dev.titanic.job.config.PartitionedModel;
import dev.titanic.job.config.Partitioning;
import dev.titanic.job.config.TracedPartitioning;
import dev.titanic.job.config.TrainingConfig;
import dev.titanic.nn.AdamW;
import dev.titanic.nn.Cut;
import dev.titanic.nn.Noise;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.nn.graph.TracedDirectory;
import dev.titanic.owner.OwnerDataSource;
import dev.titanic.owner.ProfileSettings;
import dev.titanic.owner.ProfileSettings.Offered;
import dev.titanic.placement.PlacementSettings;
import dev.titanic.protocol.LearningRate;
import dev.titanic.protocol.RunPlan;
import dev.titanic.protocol.RunPlan.EvaluationPlan;
import dev.titanic.protocol.Turns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A configured run with its model, cut, as the operators of the topology want it. */
public record TitanicRun(JobConfig config, PartitionedModel model) {
  public static final String COMMANDS_TOPIC = "titanic.commands";
  public static final String PROGRESS_TOPIC = "titanic.progress";
  public static final String CLIENTS_TOPIC = "titanic.clients";
  public static final String PLACEMENTS_TOPIC = "titanic.placements";

  /** Micro-batches of an evaluation in one transaction: a checkpoint waits for so many. */
  private static final int EVALUATED_AT_A_TIME = 8;

  /**
   * Cuts the configured model.
   *
   * @throws dev.titanic.nn.ModelException when the model cannot be read, or be cut like this
   */
  public static TitanicRun of(JobConfig config) {
    Path path = Path.of(config.model().path());
    if (TracedDirectory.isAt(path)) {
      return new TitanicRun(config, TracedPartitioning.of(config, TracedDirectory.open(path)));
    }
    return new TitanicRun(config, Partitioning.of(config));
  }

  /** How partitions of any cut are trained. */
  static TrainingSettings trainingSettings(JobConfig config) {
    OptimizerConfig optimizer = config.training().optimizer();
    return new TrainingSettings(
        AdamW.withWeightDecay(optimizer.weightDecay(), optimizer.decayVectors()),
        new Noise(config.training().seed()),
        config.training().lora(),
        config.model().dtype(),
        config.training().recompute());
  }

  /** The same run with Kafka at {@code host:port}. */
  public TitanicRun withKafka(String bootstrapServers) {
    return new TitanicRun(config.withKafka(bootstrapServers), model);
  }

  /** Which blocks are in which partition. */
  Cut cut() {
    return model.cut();
  }

  int stages() {
    return config.stages();
  }

  /** Returns N, the number of clients with a seat. */
  int columns() {
    return config.seated().size();
  }

  /** Whether the server makes one of what several owners hold. */
  boolean aggregates() {
    return config.concurrency() != null;
  }

  void configure(StreamExecutionEnvironment environment) {
    environment.setParallelism(columns());
    environment.setBufferTimeout(0); // a gradient must not wait for its buffer to fill
    environment.getConfig().enableObjectReuse();
    environment.enableCheckpointing(
        config.checkpoint().interval().toMillis(), CheckpointingMode.EXACTLY_ONCE);
    CheckpointConfig checkpoints = environment.getCheckpointConfig();
    checkpoints.setCheckpointTimeout(config.checkpoint().timeout().toMillis());
    checkpoints.enableUnalignedCheckpoints(false);
  }

  /** Commands from now on, and what clients have said of themselves so far. */
  DataStreamSource<ControlRecord> controlSource(StreamExecutionEnvironment environment) {
    KafkaSource<ControlRecord> control =
        KafkaSource.<ControlRecord>builder()
            .setBootstrapServers(kafka())
            .setTopics(COMMANDS_TOPIC, CLIENTS_TOPIC)
            .setStartingOffsets(new ControlOffsets())
            .setDeserializer(new ControlRecords())
            .build();
    return environment.fromSource(
        new StoppableSource<>(control, ControlRecords.TYPE),
        WatermarkStrategy.noWatermarks(),
        "control");
  }

  KafkaSink<String> progressSink() {
    return sink(PROGRESS_TOPIC);
  }

  KafkaSink<String> placementSink() {
    return sink(PLACEMENTS_TOPIC);
  }

  private KafkaSink<String> sink(String topic) {
    return KafkaSink.<String>builder()
        .setBootstrapServers(kafka())
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(
            KafkaRecordSerializationSchema.builder()
                .setTopic(topic)
                .setValueSerializationSchema(new SimpleStringSchema())
                .build())
        .build();
  }

  /** Where Kafka is; only an embedded run may leave it open. */
  String kafka() {
    String servers = config.kafka().bootstrapServers();
    if (servers == null) {
      throw new IllegalArgumentException(
          "kafka.bootstrapServers: is missing; on a cluster a run needs HOST:PORT of its broker");
    }
    return servers;
  }

  ModelLoading modelLoading() {
    return new ModelLoading(config.model().path(), cut(), trainingSettings(config));
  }

  /** What a placement that lives begins with; empty when hosts never change. */
  Optional<PlacementSettings> placement() {
    return config.placement().isLive()
        ? Optional.of(LivePlacement.settings(config, model))
        : Optional.empty();
  }

  /** How clients say what they offer; null when nobody wants to know. */
  @Nullable ProfileSettings profiles() {
    if (!config.placement().isLive()) {
      return null;
    }
    Map<String, Offered> configured =
        config.clients().stream()
            .collect(
                Collectors.toMap(
                    ClientConfig::id,
                    client -> new Offered(client.memory(), client.flops(), client.bandwidth())));
    return new ProfileSettings(
        Map.of("bootstrap.servers", kafka()), CLIENTS_TOPIC, configured, LivePlacement.HEARTBEAT);
  }

  /** How much longer a pass takes on clients that are to be slow. */
  Map<String, Duration> delays() {
    return config.clients().stream()
        .filter(client -> !client.delay().isZero())
        .collect(Collectors.toMap(ClientConfig::id, ClientConfig::delay));
  }

  OwnerDataSource ownerData() {
    TrainingConfig training = config.training();
    Map<String, String> topics =
        config.clients().stream()
            .filter(ClientConfig::data)
            .collect(Collectors.toMap(ClientConfig::id, ClientConfig::topic));
    return new OwnerDataSource(
        config.model().path(),
        Map.of("bootstrap.servers", kafka()),
        topics,
        new Shuffle(training.shuffle(), training.seed()),
        training.microBatchSize(),
        training.sequenceLength(),
        training.packing(),
        config.evaluation().text(),
        config.evaluation().maxSequences());
  }

  CoordinatorSettings coordinatorSettings() {
    return new CoordinatorSettings(
        plan(),
        config.model().path(),
        config.output(),
        config.training().watchdog(),
        config.placement().isLive(),
        config.training().lora());
  }

  private RunPlan plan() {
    TrainingConfig training = config.training();
    OptimizerConfig optimizer = training.optimizer();
    Turns turns = config.turns();
    return new RunPlan(
        config.clients().stream().map(ClientConfig::id).toList(),
        config.placement().hosts(),
        turns,
        training.turns().firstPartition().handover(),
        config.concurrency(),
        training.microBatches(),
        new LearningRate(
            optimizer.schedule(),
            optimizer.learningRate(),
            optimizer.warmupSteps(),
            turns.steps().orElse(0)),
        optimizer.clipNorm(),
        training.skipLimit(),
        new EvaluationPlan(
            config.evaluation().text() != null,
            config.evaluation().everySteps(),
            config.evaluation().maxSequences(),
            EVALUATED_AT_A_TIME * training.microBatchSize()),
        HostMemories.of(config, model.demands()));
  }
}
