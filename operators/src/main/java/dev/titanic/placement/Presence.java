package dev.titanic.placement;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is there: has a column, and is not silent. A client that never said anything of itself is not
 * expected to.
 */
final class Presence {
  private final InstantSource clock;
  private final Duration silence;
  private final Map<String, Instant> lastHeard = new HashMap<>();
  private final Set<String> speaking = new HashSet<>();
  private List<String> columns = List.of();

  Presence(InstantSource clock, Duration silence) {
    this.clock = clock;
    this.silence = silence;
  }

  /** The client says what it offers. */
  void spoke(String client) {
    speaking.add(client);
    worked(client);
  }

  /** The client has done something. */
  void worked(String client) {
    lastHeard.put(client, clock.instant());
  }

  void columns(List<String> clients) {
    columns = List.copyOf(clients);
  }

  List<String> present() {
    return columns.stream().filter(client -> !isSilent(client)).toList();
  }

  private boolean isSilent(String client) {
    Instant heard = lastHeard.get(client);
    return speaking.contains(client)
        && heard != null
        && heard.plus(silence).isBefore(clock.instant());
  }
}
