package dev.titanic.owner;

import dev.titanic.data.DataException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * A topic of one client's domain.
 *
 * @param properties how this client's host reaches and is known to the broker: {@code
 *     bootstrap.servers} and its credentials
 */
public record KafkaTopic(Map<String, String> properties, String name) {
  /** Documents are often larger than the broker's default of 1 MB. */
  public static final int MAXIMUM_RECORD_BYTES = 16 << 20;

  private static final int PATIENCE_MILLIS = 10_000;

  public KafkaTopic {
    properties = Map.copyOf(properties);
  }

  /** The credentials stay out of it. */
  @Override
  public String toString() {
    return name;
  }

  /** Creates the topic, with one Kafka partition, unless it exists. */
  public void createIfMissing() {
    NewTopic topic =
        new NewTopic(name, Optional.of(1), Optional.empty())
            .configs(Map.of("max.message.bytes", Integer.toString(MAXIMUM_RECORD_BYTES)));
    try (Admin admin = admin()) {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failure(e);
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /**
   * Connects for administration; requests give up after some seconds, not after Kafka's minute.
   *
   * @throws DataException when the address cannot be one of a broker
   */
  public Admin admin() {
    Map<String, Object> settings = new HashMap<>(properties);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    try {
      return Admin.create(settings);
    } catch (KafkaException e) {
      throw KafkaFailure.of(this, e);
    }
  }

  /** Says in one line why a request failed. */
  public RuntimeException failure(ExecutionException e) {
    return KafkaFailure.of(
        this, e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e));
  }
}
