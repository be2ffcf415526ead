package dev.titanic.benchmarks;

import dev.titanic.data.Packing;
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
import dev.titanic.job.feed.DocumentFeed;
import dev.titanic.job.feed.DocumentFile;
import dev.titanic.job.run.EmbeddedRun;
import dev.titanic.nn.ComputeType;
import dev.titanic.owner.KafkaTopic;
import dev.titanic.protocol.LearningRate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The whole job, from records on a topic to committed steps: cluster and all partitions in this
 * JVM, each stage on a client of its own; the broker in another.
 */
final class TitanicJobRun implements Contender {
  private static final Duration NEVER = Duration.ofHours(1);

  private final Path model;
  private final int stages;
  private final Workload workload;

  TitanicJobRun(Path model, int stages, Workload workload) {
    this.model = model;
    this.stages = stages;
    this.workload = workload;
  }

  @Override
  public String name() {
    return "Titanic, K=" + stages;
  }

  @Override
  public Cost measure() throws Exception {
    try (ScratchDirectory scratch = ScratchDirectory.create();
        BrokerProcess broker = BrokerProcess.start()) {
      JobConfig config = config(broker.bootstrapServers(), scratch.path().resolve("output"));
      feed(broker, config.owners().get(0).topic(), scratch.path().resolve("records.jsonl"));
      Topics.prepare(config, broker.bootstrapServers());
      try (EmbeddedRun run = EmbeddedRun.start(TitanicRun.of(config), null);
          CommittedSteps committed = new CommittedSteps(run)) {
        committed.await(workload.warmUp());
        Stopwatch stopwatch = Stopwatch.start();
        committed.await(workload.allSteps());
        Cost cost = stopwatch.read(workload.tokens());
        run.await();
        return cost;
      }
    }
  }

  private void feed(BrokerProcess broker, String topic, Path file) throws Exception {
    Files.write(file, workload.sequences().map(Workload::toRecord).toList());
    new DocumentFeed(new KafkaTopic(Map.of("bootstrap.servers", broker.bootstrapServers()), topic))
        .feed(List.of(DocumentFile.of(file, false)), (documents, bytes) -> {});
  }

  private JobConfig config(String kafka, Path output) {
    List<String> hosts =
        IntStream.rangeClosed(1, stages).mapToObj(stage -> "host-" + stage).toList();
    List<ClientConfig> clients =
        Stream.concat(
                Stream.of(ClientConfig.owner("owner")), hosts.stream().map(ClientConfig::host))
            .toList();
    return new JobConfig(
        new ModelConfig(model.toString(), ComputeType.FLOAT32),
        stages,
        stages == 0 ? 0 : RandomLlama.BLOCKS / (stages + 1),
        clients,
        training(),
        PlacementConfig.still(hosts),
        new EvaluationConfig(null, 0, 1),
        new CheckpointConfig(NEVER, NEVER),
        new KafkaConfig(kafka),
        output.toString());
  }

  private TrainingConfig training() {
    return new TrainingConfig(
        Mode.SINGLE,
        TurnsConfig.ofSteps(1, workload.allSteps()),
        Workload.MICRO_BATCHES,
        Workload.MICRO_BATCH_SIZE,
        Workload.SEQUENCE_LENGTH,
        Packing.Kind.NONE,
        0,
        new OptimizerConfig(
            Workload.LEARNING_RATE, LearningRate.Shape.CONSTANT, 0, Workload.WEIGHT_DECAY, true, 0),
        false,
        0,
        1,
        NEVER,
        null);
  }
}
