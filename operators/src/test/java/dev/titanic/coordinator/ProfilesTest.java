package dev.titanic.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.schemas.edge.Message.Profile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProfilesTest {
  private static final String BOB =
      "{\"id\":\"bob\",\"memoryBytes\":5,\"flops\":2e9,\"bandwidthBytesPerSecond\":3.5,\"at\":7}";

  private final Profiles profiles = new Profiles();

  @Test
  void aClientSaysWhatItOffers() {
    assertThat(profiles.read(record("bob", BOB))).contains(new Profile("bob", 5, 2e9, 3.5, 7));
  }

  @Test
  void whiteSpaceBehindTheValueIsNothing() {
    assertThat(profiles.read(record("bob", BOB + " ".repeat(1000)))).isPresent();
  }

  @Test
  void aProfileCountsForItsOwnKeyOnly() {
    assertThat(profiles.read(record("alice", BOB))).isEmpty();
    assertThat(profiles.read(record(null, BOB))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bob",
        "{\"command\":\"stop\"}",
        "{\"id\":\"bob\",\"memoryBytes\":-5,\"flops\":2,\"bandwidthBytesPerSecond\":3,\"at\":7}",
        "{\"id\":\"bob\",\"memoryBytes\":5,\"flops\":1e999,\"bandwidthBytesPerSecond\":3,\"at\":7}"
      })
  void whatIsNoProfileIsPassedOver(String value) {
    assertThat(profiles.read(record("bob", value))).isEmpty();
  }

  @Test
  void aProfileThatIsTakenBackIsNone() {
    assertThat(profiles.read(record("bob", null))).isEmpty();
  }

  private static ControlRecord record(@Nullable String key, @Nullable String value) {
    return new ControlRecord(ControlRecord.Kind.PROFILE, key, value);
  }
}
