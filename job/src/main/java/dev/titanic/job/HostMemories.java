package dev.titanic.job;

import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.Partitioning;
import dev.titanic.nn.Cut;
import dev.titanic.nn.graph.TracedDirectory;
import dev.titanic.nn.partition.ModelCost;
import dev.titanic.protocol.HostMemory;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** What the coordinator must know of memory to replace a host that is gone. */
final class HostMemories {
  private HostMemories() {}

  static HostMemory of(JobConfig config, Cut cut) {
    if (config.clients().stream().allMatch(client -> client.memory() == null)) {
      return HostMemory.UNKNOWN;
    }
    IntToLongFunction bytes = bytes(config, cut);
    Map<String, Long> clients = new TreeMap<>();
    for (ClientConfig client : config.clients()) {
      if (client.memory() != null) {
        clients.put(client.id(), client.memory() - ownNeed(config, client, bytes));
      }
    }
    return new HostMemory(
        IntStream.rangeClosed(1, cut.stages()).mapToLong(bytes).boxed().toList(), clients);
  }

  /** An owner keeps room for the first partition, unless it gives a stage away for it. */
  private static long ownNeed(JobConfig config, ClientConfig client, IntToLongFunction bytes) {
    return client.data() && !config.swaps() ? bytes.applyAsLong(0) : 0;
  }

  /** Of a traced model the least is known: its weights, and what training keeps of them. */
  private static IntToLongFunction bytes(JobConfig config, Cut cut) {
    Path model = Path.of(config.model().path());
    if (TracedDirectory.isAt(model)) {
      TracedDirectory traced = TracedDirectory.open(model);
      return partition -> traced.trainingBytes(cut, partition);
    }
    ModelCost cost = Partitioning.of(config).cost();
    return partition -> cost.partition(cut, partition).memory().total();
  }
}
