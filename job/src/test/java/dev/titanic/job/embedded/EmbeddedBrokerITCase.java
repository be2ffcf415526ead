package dev.titanic.job.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmbeddedBrokerITCase {
  @AutoClose private EmbeddedBroker broker;

  @BeforeAll
  void start() throws Exception {
    broker = EmbeddedBroker.start();
  }

  @Test
  void givesBackWhatWasProduced() throws Exception {
    broker.createTopic("documents", 2);
    Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("documents", 1, null, "a document")).get();
    }

    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition second = new TopicPartition("documents", 1);
      consumer.assign(List.of(second));
      consumer.seekToBeginning(List.of(second));
      assertThat(consumer.poll(Duration.ofSeconds(30)))
          .extracting(record -> record.value())
          .containsExactly("a document");
    }
  }

  @Test
  void createsNoTopicByAccident() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThatThrownBy(
              () -> admin.describeTopics(List.of("nobody.made.this")).allTopicNames().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
      assertThat(admin.listTopics().names().get()).doesNotContain("nobody.made.this");
    }
  }
}
