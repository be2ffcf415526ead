package dev.titanic.job.cluster;

import dev.titanic.job.cluster.ClusterPlan.Ports;
import dev.titanic.job.embedded.FreePorts;
import dev.titanic.job.flink.NetworkMemory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks of a new cluster.
 *
 * @param clients ids
 * @param spares ids of those whose TaskManagers are started later
 * @param stages the largest K of the jobs that will run there
 * @param networkBytes network memory that a TaskManager may take
 * @param webPort null for a free one, or the one of the directory's last cluster
 * @param kafkaPort likewise
 */
public record ClusterRequest(
    List<String> clients,
    List<String> spares,
    int stages,
    long networkBytes,
    @Nullable Integer webPort,
    @Nullable Integer kafkaPort) {

  public ClusterRequest {
    clients = List.copyOf(clients);
    spares = List.copyOf(spares);
  }

  /**
   * Fixes what the user left open. Addresses stay as they were in the directory's last cluster
   * where they can: the broker's data remembers one, and users remember the others.
   */
  ClusterPlan plan(@Nullable ClusterPlan previous) {
    if (clients.isEmpty()) {
      throw new ClusterException("a cluster needs at least one client");
    }
    try {
      return new ClusterPlan(
          clients,
          spares,
          NetworkMemory.fitting(stages, clients.size(), networkBytes),
          ports(previous == null ? null : previous.ports()));
    } catch (IllegalArgumentException e) {
      throw new ClusterException(String.valueOf(e.getMessage()), e);
    }
  }

  private Ports ports(@Nullable Ports previous) {
    List<Integer> free = FreePorts.find(4);
    return new Ports(
        choose("--web-port", webPort, previous == null ? null : previous.web(), free.get(0)),
        free.get(1),
        choose("--kafka-port", kafkaPort, previous == null ? null : previous.kafka(), free.get(2)),
        previous == null ? free.get(3) : previous.kafkaController());
  }

  private static int choose(
      String option, @Nullable Integer asked, @Nullable Integer previous, int free) {
    if (asked != null) {
      if (!FreePorts.isFree(asked)) {
        throw new ClusterException("%s %d: the port is taken".formatted(option, asked));
      }
      return asked;
    }
    return previous != null && FreePorts.isFree(previous) ? previous : free;
  }
}
