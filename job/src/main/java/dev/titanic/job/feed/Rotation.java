package dev.titanic.job.feed;

import dev.titanic.owner.KafkaTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Deals records over Kafka partitions so that a reader in strict rotation never has to wait. */
final class Rotation {
  private final long[] counts;

  /**
   * @param counts records that each Kafka partition holds already
   */
  Rotation(long... counts) {
    this.counts = counts.clone();
  }

  static Rotation of(KafkaTopic topic) {
    Map<String, Object> properties = new HashMap<>(topic.properties());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      int kafkaPartitions = consumer.partitionsFor(topic.name()).size();
      List<TopicPartition> ids =
          IntStream.range(0, kafkaPartitions)
              .mapToObj(i -> new TopicPartition(topic.name(), i))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(ids);
      return new Rotation(ids.stream().mapToLong(id -> ends.getOrDefault(id, 0L)).toArray());
    }
  }

  /** The Kafka partition whose next record a reader in rotation asks for first. */
  int next() {
    int next = 0;
    for (int i = 1; i < counts.length; i++) {
      if (counts[i] < counts[next]) {
        next = i;
      }
    }
    counts[next]++;
    return next;
  }
}
