package dev.titanic.placement;

import dev.titanic.schemas.edge.Message.Profile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What clients offer by the configuration and by their own words. A client's own word goes first,
 * except for memory, which the configuration limits.
 */
final class Claims {
  /** When nobody claims anything, all are equal. */
  private static final double ANY_SPEED = 1e9;

  private final Map<String, Client> configured = new HashMap<>();
  private final Map<String, Profile> profiles = new HashMap<>();

  Claims(List<Client> clients) {
    clients.forEach(client -> configured.put(client.id(), client));
  }

  /** Returns whether the client is enrolled; another is not heard. */
  boolean add(Profile profile) {
    if (!configured.containsKey(profile.client())) {
      return false;
    }
    profiles.put(profile.client(), profile);
    return true;
  }

  /** {@link Long#MAX_VALUE} when not known. */
  long memoryBytes(String client) {
    Client enrolled = configured.get(client);
    if (enrolled != null && enrolled.memoryBytes() != null) {
      return enrolled.memoryBytes();
    }
    Profile profile = profiles.get(client);
    return profile == null ? Long.MAX_VALUE : profile.memoryBytes();
  }

  /** Whether other partitions must leave room for a first one. */
  boolean keepsRoom(String client) {
    Client enrolled = configured.get(client);
    return enrolled != null && enrolled.keepsRoom();
  }

  /** Operations per second of each of these clients; one that claims nothing is like the others. */
  ToDoubleFunction<String> speeds(List<String> clients) {
    double[] claimed =
        clients.stream()
            .map(this::speed)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    double others = claimed.length == 0 ? ANY_SPEED : SmoothedValue.median(claimed);
    return client -> Objects.requireNonNullElse(speed(client), others);
  }

  private @Nullable Double speed(String client) {
    Profile profile = profiles.get(client);
    if (profile != null && profile.flops() > 0) {
      return profile.flops();
    }
    Client enrolled = configured.get(client);
    return enrolled == null ? null : enrolled.flops();
  }

  /** Infinite when not known. */
  double bytesPerSecond(String client) {
    Profile profile = profiles.get(client);
    if (profile != null && profile.bytesPerSecond() > 0) {
      return profile.bytesPerSecond();
    }
    Client enrolled = configured.get(client);
    return enrolled == null || enrolled.bytesPerSecond() == null
        ? Double.POSITIVE_INFINITY
        : enrolled.bytesPerSecond();
  }
}
