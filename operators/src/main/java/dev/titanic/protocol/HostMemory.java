package dev.titanic.protocol;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who has room for which stages.
 *
 * @param stages bytes that stage 1..K takes; empty when that is not known
 * @param clients bytes that a client has for stages, beside what an owner needs for itself; one
 *     that is absent has room for all
 */
public record HostMemory(List<Long> stages, Map<String, Long> clients) implements Serializable {
  /** Nobody says what is needed, or what there is: everything fits. */
  public static final HostMemory UNKNOWN = new HostMemory(List.of(), Map.of());

  public HostMemory {
    stages = Collections.unmodifiableList(new ArrayList<>(stages));
    clients = Collections.unmodifiableMap(new TreeMap<>(clients));
  }

  /** Whether a client has room for the stages among these partitions at once. */
  boolean fits(String client, Collection<Integer> hosted) {
    Long available = clients.get(client);
    return available == null || needed(hosted) <= available;
  }

  private long needed(Collection<Integer> hosted) {
    return stages.isEmpty()
        ? 0
        : hosted.stream()
            .filter(partition -> partition > 0)
            .mapToLong(stage -> stages.get(stage - 1))
            .sum();
  }

  /** What the client has and what it would need, for people. */
  String describe(String client, Collection<Integer> hosted) {
    return "%s has %,d bytes of memory for stages and would need %,d"
        .formatted(client, clients.get(client), needed(hosted));
  }
}
