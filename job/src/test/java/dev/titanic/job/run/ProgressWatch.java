package dev.titanic.job.run;

import dev.titanic.job.TitanicRun;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows {@code titanic.progress} from now on, to act in the middle of a run. */
final class ProgressWatch implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;

  private ProgressWatch(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  static ProgressWatch start(EmbeddedBroker broker) {
    TopicPartition progress = new TopicPartition(TitanicRun.PROGRESS_TOPIC, 0);
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(progress));
    consumer.seekToEnd(List.of(progress));
    consumer.position(progress);
    return new ProgressWatch(consumer);
  }

  /** Waits for the first record of at least a step: 0 is the placement, before any training. */
  void awaitStep(long step) {
    await(record -> record.step() >= step);
  }

  /** Waits until every stage is where it should be. */
  void awaitStages(Map<String, String> hosts) {
    await(
        record ->
            record instanceof ProgressRecord.Placement placement
                && placement.assignment().entrySet().containsAll(hosts.entrySet()));
  }

  /**
   * Waits for the next record that is wanted; passes over all before, and all that came with it.
   */
  void await(Predicate<ProgressRecord> wanted) {
    while (true) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
        if (wanted.test(ProgressRecord.fromJson(record.value()))) {
          return;
        }
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
