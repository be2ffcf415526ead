package dev.titanic.protocol;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The client of every partition, and why.
 *
 * @param hosts the owner's first
 * @param reason for people
 * @param solved of the solver that proposed it; null when none did
 */
record Hosting(List<String> hosts, String reason, @Nullable Solved solved) {
  Hosting {
    hosts = List.copyOf(hosts);
  }

  /** Without a solver. */
  Hosting(List<String> hosts, String reason) {
    this(hosts, reason, null);
  }

  /** The same, for another reason. */
  Hosting because(String other) {
    return new Hosting(hosts, other);
  }

  /** The partitions of a client. */
  static List<Integer> partitionsOf(String client, List<String> hosts) {
    return IntStream.range(0, hosts.size())
        .filter(partition -> hosts.get(partition).equals(client))
        .boxed()
        .toList();
  }

  /** What people call a partition. */
  static String name(int partition) {
    return partition == 0 ? "owner" : "stage-" + partition;
  }
}
