package dev.titanic.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import dev.titanic.job.run.EmbeddedRun;
import dev.titanic.nn.ComputeType;
import dev.titanic.owner.KafkaTopic;
import dev.titanic.protocol.LearningRate;
import dev.titanic.schemas.kafka.Command;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A whole job that has committed a step and then waits for data, so that its stage can move from
 * one host to the other and back without anything in between.
 */
final class MovingRun implements Contender, AutoCloseable {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final List<String> HOSTS = List.of("host-1", "host-2");
  private static final long LOOKS_MILLIS = 20;
  private static final int SEQUENCE_LENGTH = 16;
  private static final long MEGA = 1 << 20;

  private final BrokerProcess broker;
  private final EmbeddedRun run;
  private final KafkaProducer<byte[], byte[]> commands;
  private final long megabytes;
  private int moves;

  private MovingRun(
      BrokerProcess broker,
      EmbeddedRun run,
      KafkaProducer<byte[], byte[]> commands,
      long megabytes) {
    this.broker = broker;
    this.run = run;
    this.commands = commands;
    this.megabytes = megabytes;
  }

  static MovingRun start(Path scratch) throws Exception {
    Path model = RandomLlama.writeWide(scratch);
    BrokerProcess broker = BrokerProcess.start();
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    JobConfig config = config(model, broker.bootstrapServers(), scratch.resolve("output"));
    KafkaTopic topic =
        new KafkaTopic(
            Map.of("bootstrap.servers", broker.bootstrapServers()), "titanic.data.owner");
    topic.createIfMissing();
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    int[] sequence = IntStream.range(0, SEQUENCE_LENGTH).toArray();
    producer
        .send(new ProducerRecord<>(topic.name(), Workload.toRecord(sequence).getBytes(UTF_8)))
        .get();
    Topics.prepare(config, broker.bootstrapServers());
    EmbeddedRun run = EmbeddedRun.start(TitanicRun.of(config), null);
    MovingRun moving =
        new MovingRun(broker, run, producer, RandomLlama.wideBlockStateBytes() / MEGA);
    moving.await(record -> record instanceof ProgressRecord.Step);
    return moving;
  }

  private static JobConfig config(Path model, String kafka, Path output) {
    return new JobConfig(
        new ModelConfig(model.toString(), ComputeType.FLOAT32),
        1,
        RandomLlama.WIDE_BLOCKS - 1,
        Stream.concat(
                Stream.of(ClientConfig.owner("owner")), HOSTS.stream().map(ClientConfig::host))
            .toList(),
        training(),
        PlacementConfig.still(List.of(HOSTS.get(0))),
        new EvaluationConfig(null, 0, 1),
        new CheckpointConfig(NEVER, NEVER),
        new KafkaConfig(kafka),
        output.toString());
  }

  private static TrainingConfig training() {
    return new TrainingConfig(
        Mode.SINGLE,
        TurnsConfig.ofSteps(1, 2),
        1,
        1,
        SEQUENCE_LENGTH,
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

  /** What moves: weights and moments of the stage. */
  long megabytes() {
    return megabytes;
  }

  @Override
  public String name() {
    return "move";
  }

  @Override
  public Cost measure() throws Exception {
    moves++;
    String host = HOSTS.get(moves % HOSTS.size());
    Stopwatch stopwatch = Stopwatch.start();
    commands
        .send(
            new ProducerRecord<>(
                TitanicRun.COMMANDS_TOPIC,
                new Command(Command.Action.RE_PLACE, Map.of("stage-1", host)).toJson()))
        .get();
    ProgressRecord.Placement placement =
        (ProgressRecord.Placement)
            await(
                record ->
                    record instanceof ProgressRecord.Placement placed && placed.epoch() == moves);
    Cost cost = stopwatch.read(megabytes);
    return new Cost(cost.cpuSeconds(), placement.seconds(), cost.compilerSeconds(), megabytes);
  }

  /** Looks at {@code progress.jsonl} until it has a record that is wanted. */
  private ProgressRecord await(Predicate<ProgressRecord> wanted) throws Exception {
    while (true) {
      for (String line : lines()) {
        ProgressRecord record = ProgressRecord.fromJson(line.getBytes(UTF_8));
        if (wanted.test(record)) {
          return record;
        }
      }
      if (run.result().isDone()) {
        run.await();
      }
      TimeUnit.MILLISECONDS.sleep(LOOKS_MILLIS);
    }
  }

  private List<String> lines() throws IOException {
    Path progress = run.output().progress();
    return Files.exists(progress) ? Files.readAllLines(progress) : List.of();
  }

  @Override
  public void close() throws IOException {
    run.close();
    commands.close();
    broker.close();
  }
}
