package dev.titanic.job;

import dev.titanic.column.ModelLoading;
import dev.titanic.coordinator.CoordinatorSettings;
import dev.titanic.coordinator.StoppableSource;
import dev.titanic.data.Shuffle;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.OptimizerConfig;
import dev.titanic.job.config.Partitioning;
import dev.titanic.job.config.TrainingConfig;
import dev.titanic.nn.AdamW;
import dev.titanic.nn.Cut;
import dev.titanic.nn.Noise;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.nn.graph.TracedDirectory;
import dev.titanic.nn.torch.TracedCut;
import dev.titanic.owner.OwnerDataSource;
import dev.titanic.protocol.HostMemory;
import dev.titanic.protocol.LearningRate;
import dev.titanic.protocol.RunPlan;
import dev.titanic.protocol.RunPlan.EvaluationPlan;
import dev.titanic.protocol.Turns;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A configured run, as the operators of the topology want it.
 *
 * @param cut which blocks are in which partition
 */
public record TitanicRun(JobConfig config, Cut cut) {
  public static final String COMMANDS_TOPIC = "titanic.commands";
  public static final String PROGRESS_TOPIC = "titanic.progress";

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
      return new TitanicRun(config, TracedCut.choose(TracedDirectory.open(path), config.stages()));
    }
    return new TitanicRun(config, Partitioning.of(config).cut());
  }

  int stages() {
    return config.stages();
  }

  /** Returns N, the number of clients. */
  int columns() {
    return config.clients().size();
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

  DataStreamSource<String> commandSource(StreamExecutionEnvironment environment) {
    KafkaSource<String> commands =
        KafkaSource.<String>builder()
            .setBootstrapServers(kafka())
            .setTopics(COMMANDS_TOPIC)
            .setStartingOffsets(OffsetsInitializer.latest())
            .setValueOnlyDeserializer(new SimpleStringSchema())
            .build();
    return environment.fromSource(
        new StoppableSource<>(commands, Types.STRING),
        WatermarkStrategy.noWatermarks(),
        "commands");
  }

  KafkaSink<String> progressSink() {
    return KafkaSink.<String>builder()
        .setBootstrapServers(kafka())
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(
            KafkaRecordSerializationSchema.builder()
                .setTopic(PROGRESS_TOPIC)
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
    OptimizerConfig optimizer = config.training().optimizer();
    return new ModelLoading(
        config.model().path(),
        cut,
        new TrainingSettings(
            AdamW.withWeightDecay(optimizer.weightDecay(), optimizer.decayVectors()),
            new Noise(config.training().seed()),
            config.training().lora(),
            config.model().dtype(),
            config.training().recompute()));
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
        HostMemory.UNKNOWN);
  }
}
