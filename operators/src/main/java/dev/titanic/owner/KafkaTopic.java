package dev.titanic.owner;

import dev.titanic.data.DataException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
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
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(properties))) {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new DataException("topic " + name + " cannot be created", e.getCause());
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
