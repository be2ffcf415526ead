package dev.titanic.job.config;

import dev.titanic.nn.partition.Host;
import java.io.Serializable;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One client, in the order of the file.
 *
 * @param id also the end of its topic's name
 * @param topic its private Kafka topic
 * @param data whether it owns data; otherwise it only hosts partitions
 * @param memory bytes; null until measured
 * @param flops floating point operations per second; null until measured
 * @param bandwidth bytes per second; null until measured
 * @param delay added to every pass of a stage on this client, as if it computed so much longer
 */
public record ClientConfig(
    String id,
    String topic,
    boolean data,
    @Nullable Long memory,
    @Nullable Long flops,
    @Nullable Long bandwidth,
    Duration delay)
    implements Serializable {
  static final Pattern ID = Pattern.compile("[a-z0-9._-]{1,200}");

  public ClientConfig {
    if (!isId(id)) {
      throw new IllegalArgumentException("not a client id: " + id);
    }
  }

  /** Whether a client can be called so. */
  public static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  /** A client with data in the topic that is named after it, and without a profile. */
  public static ClientConfig owner(String id) {
    return new ClientConfig(id, defaultTopic(id), true, null, null, null, Duration.ZERO);
  }

  /** A client that only hosts partitions, without a profile. */
  public static ClientConfig host(String id) {
    return new ClientConfig(id, defaultTopic(id), false, null, null, null, Duration.ZERO);
  }

  /** The same with less memory to offer, where it is known. */
  ClientConfig keepingFree(long bytes) {
    return memory == null
        ? this
        : new ClientConfig(id, topic, data, Math.max(0, memory - bytes), flops, bandwidth, delay);
  }

  /** As a place for partitions. */
  Host host() {
    return new Host(id, memory, flops, data);
  }

  static String defaultTopic(String id) {
    return "titanic.data." + id;
  }
}
