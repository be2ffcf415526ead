package dev.titanic.coordinator;

import dev.titanic.schemas.edge.Message.Profile;
import dev.titanic.schemas.kafka.ClientProfile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what clients say of themselves in {@code titanic.clients}. Clients may write anything
 * there, so what is no profile is passed over, and said once.
 */
final class Profiles {
  private static final Logger LOG = LoggerFactory.getLogger(Profiles.class);

  private boolean warned;

  /** The profile, when the record is one and under the key of its own client. */
  Optional<Profile> read(ControlRecord record) {
    String value = record.value();
    if (value == null) {
      return Optional.empty(); // a client takes back what it said
    }
    Profile profile = parse(value);
    if (profile == null || !profile.client().equals(record.key())) {
      warn();
      return Optional.empty();
    }
    return Optional.of(profile);
  }

  private static @Nullable Profile parse(String json) {
    try {
      ClientProfile profile = ClientProfile.fromJson(json.getBytes(StandardCharsets.UTF_8));
      return new Profile(
          profile.id(),
          profile.memoryBytes(),
          profile.flops(),
          profile.bandwidthBytesPerSecond(),
          profile.at());
    } catch (UncheckedIOException e) {
      return null;
    }
  }

  private void warn() {
    if (!warned) {
      warned = true;
      LOG.warn("titanic.clients holds values that are no profile of their key's client: ignored");
    }
  }
}
