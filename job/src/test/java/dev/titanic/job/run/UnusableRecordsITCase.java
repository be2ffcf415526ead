package dev.titanic.job.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.job.config.JobConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that cannot be trained on go aside, and leave no trace in the training. */
final class UnusableRecordsITCase {
  private static final int STEPS = 3;
  private static final int MICRO_BATCHES = 2;
  private static final List<byte[]> UNUSABLE =
      List.of(
          new byte[] {'c', 'a', 'f', (byte) 0xe9},
          "{\"text\": ".getBytes(UTF_8),
          "{\"tokens\": [1, 99999]}".getBytes(UTF_8),
          ("{\"tokens\": [1" + ", 1".repeat(24) + "]}").getBytes(UTF_8));

  @Test
  void areRejectedWithPositionAndReasonAndChangeNoLoss(@TempDir Path directory) throws Exception {
    GoldenRun golden = GoldenRun.of("llama");
    List<byte[]> good = golden.records(1);
    List<byte[]> mixed = new ArrayList<>(good);
    mixed.addAll(5, UNUSABLE); // offsets 5 to 8, in the middle of the second step
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      Path clean = directory.resolve("clean");
      Path disturbed = directory.resolve("disturbed");
      train(golden, broker, "clean", good, clean);
      train(golden, broker, "mixed", mixed, disturbed);

      assertThat(TrainingRuns.losses(disturbed))
          .hasSize(STEPS)
          .isEqualTo(TrainingRuns.losses(clean));
      assertThat(rejectedCounts(disturbed)).containsExactly(0L, 4L, 4L);
      List<ConsumerRecord<byte[], byte[]>> rejected = read(broker, "mixed.rejected");
      assertThat(rejected.stream().map(ConsumerRecord::value)).containsExactlyElementsOf(UNUSABLE);
      assertThat(rejected.stream().map(record -> header(record, "titanic.position")))
          .containsExactly("0:5", "0:6", "0:7", "0:8");
      assertThat(rejected.stream().map(record -> header(record, "titanic.reason")))
          .satisfiesExactly(
              reason -> assertThat(reason).isEqualTo("not UTF-8"),
              reason -> assertThat(reason).startsWith("begins like JSON but is not; valid is "),
              reason -> assertThat(reason).startsWith("token 1 is out of range; valid is 0 to "),
              reason -> assertThat(reason).isEqualTo("25 tokens, longer than sequenceLength 24"));
    }
  }

  private static void train(
      GoldenRun golden, EmbeddedBroker broker, String topic, List<byte[]> records, Path output)
      throws Exception {
    TrainingRuns.fill(broker, topic, records);
    JobConfig config =
        TrainingRuns.config(
            golden.model(), 1, STEPS, MICRO_BATCHES, broker.bootstrapServers(), topic, output);
    TrainingRuns.train(broker, config);
  }

  private static List<Long> rejectedCounts(Path output) throws Exception {
    return TrainingRuns.progress(output, ProgressRecord.Step.class).stream()
        .map(ProgressRecord.Step::rejected)
        .toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(EmbeddedBroker broker, String topic) {
    Map<String, Object> connection = Map.of("bootstrap.servers", broker.bootstrapServers());
    List<TopicPartition> all = List.of(new TopicPartition(topic, 0));
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(connection, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      while (records.size() < UNUSABLE.size()) {
        consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      }
    }
    return records;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().headers(name).iterator().next().value(), UTF_8);
  }
}
