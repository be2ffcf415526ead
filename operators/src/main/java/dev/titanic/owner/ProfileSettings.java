package dev.titanic.owner;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How clients say of themselves what they offer.
 *
 * @param kafka settings of the connection to Kafka that all clients share; a client's TaskManager
 *     adds its own
 * @param topic of profiles
 * @param configured what is known of a client without measuring
 * @param interval between two heartbeats
 */
public record ProfileSettings(
    Map<String, String> kafka, String topic, Map<String, Offered> configured, Duration interval)
    implements Serializable {

  public ProfileSettings {
    kafka = new HashMap<>(kafka);
    configured = new HashMap<>(configured);
  }

  /**
   * What a client offers, as far as somebody has said so; null is measured.
   *
   * @param memory bytes
   * @param flops operations per second
   * @param bandwidth bytes per second
   */
  public record Offered(@Nullable Long memory, @Nullable Long flops, @Nullable Long bandwidth)
      implements Serializable {
    static final Offered NOTHING = new Offered(null, null, null);
  }

  Offered offeredBy(String client) {
    return configured.getOrDefault(client, Offered.NOTHING);
  }
}
