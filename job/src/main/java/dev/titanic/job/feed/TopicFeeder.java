package dev.titanic.job.feed;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts documents into one topic; what it has counted, Kafka has confirmed. */
public final class TopicFeeder implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  TopicFeeder(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /**
   * @param bootstrapServers {@code host:port}
   * @throws IOException when nobody answers there, or the topic does not exist
   */
  public static TopicFeeder connect(String bootstrapServers, String topic) throws IOException {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            PATIENCE.toMillis());
    Producer<byte[], byte[]> producer;
    try {
      producer =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      throw new IOException(
          "cannot connect to " + bootstrapServers + "; valid: HOST:PORT of a Kafka broker");
    }
    try {
      producer.partitionsFor(topic);
    } catch (TimeoutException e) {
      producer.close(Duration.ZERO);
      throw new IOException(
          "no topic %s at %s within %d s; valid: a running broker that has the topic"
              .formatted(topic, bootstrapServers, PATIENCE.toSeconds()));
    }
    return new TopicFeeder(producer, topic);
  }

  /**
   * Sends the documents of a file, and returns when all are confirmed.
   *
   * @return number of documents
   * @throws IOException when the file is unusable, or when Kafka refuses a document
   */
  public long feed(DocumentFile file) throws IOException {
    long[] sent = {0};
    file.forEachRecord(
        value -> {
          sent[0]++;
          send(value);
        });
    producer.flush();
    throwFailure();
    return sent[0];
  }

  private void send(byte[] value) throws IOException {
    throwFailure();
    Future<?> unused =
        producer.send(
            new ProducerRecord<>(topic, value),
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
  }

  private void throwFailure() throws IOException {
    Exception exception = failure.get();
    if (exception != null) {
      // Only the class: what Kafka says about a record is not for a log.
      throw new IOException(
          "%s refuses a document: %s".formatted(topic, exception.getClass().getSimpleName()));
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
