package dev.titanic.job;

import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.placement.Demand;
import dev.titanic.protocol.HostMemory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the coordinator must know of memory to replace a host that is gone. */
final class HostMemories {
  private HostMemories() {}

  /**
   * @param demands of the owner's partition, then of the stages
   */
  static HostMemory of(JobConfig config, List<Demand> demands) {
    if (config.clients().stream().allMatch(client -> client.memory() == null)) {
      return HostMemory.UNKNOWN;
    }
    Map<String, Long> clients = new TreeMap<>();
    for (ClientConfig client : config.clients()) {
      if (client.memory() != null) {
        clients.put(client.id(), client.memory() - ownNeed(config, client, demands.get(0)));
      }
    }
    return new HostMemory(demands.stream().skip(1).map(Demand::memoryBytes).toList(), clients);
  }

  /** An owner keeps room for the first partition, unless it gives a stage away for it. */
  private static long ownNeed(JobConfig config, ClientConfig client, Demand first) {
    return client.data() && !config.swaps() ? first.memoryBytes() : 0;
  }
}
