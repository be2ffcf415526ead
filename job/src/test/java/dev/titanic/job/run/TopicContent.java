package dev.titanic.job.run;

import dev.titanic.job.embedded.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** All that a topic of one Kafka partition holds. */
final class TopicContent {
  private TopicContent() {}

  static List<ConsumerRecord<String, String>> of(EmbeddedBroker broker, String topic) {
    TopicPartition whole = new TopicPartition(topic, 0);
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(whole));
      consumer.seekToBeginning(List.of(whole));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(whole)).get(whole));
      while (consumer.position(whole) < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      }
    }
    return records;
  }
}
