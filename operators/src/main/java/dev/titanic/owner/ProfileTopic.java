package dev.titanic.owner;

import dev.titanic.column.ClientIdentity;
import dev.titanic.schemas.kafka.ClientProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One client's way to write to the topic of profiles. */
final class ProfileTopic implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;

  private ProfileTopic(KafkaProducer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  static ProfileTopic open(ClientIdentity client, ProfileSettings settings) {
    Map<String, Object> connection = new HashMap<>(settings.kafka());
    connection.putAll(client.kafka());
    connection.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    connection.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
    connection.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    connection.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    connection.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false); // the next one says the same
    connection.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none"); // padding is to be sent
    return new ProfileTopic(
        new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer()),
        settings.topic());
  }

  /** Returns when the broker has it. */
  void publish(ClientProfile profile) throws InterruptedException, ExecutionException {
    publish(profile, 0);
  }

  /**
   * The same with spaces behind the JSON, which allows them there.
   *
   * @return nanoseconds until the broker had it
   */
  long publish(ClientProfile profile, int padding) throws InterruptedException, ExecutionException {
    byte[] json = profile.toJson();
    byte[] value = Arrays.copyOf(json, json.length + padding);
    Arrays.fill(value, json.length, value.length, (byte) ' ');
    byte[] key = profile.id().getBytes(StandardCharsets.UTF_8);
    long start = System.nanoTime();
    producer.send(new ProducerRecord<>(topic, key, value)).get();
    return System.nanoTime() - start;
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
