package dev.titanic.job.compare;

import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.Partitioning;
import dev.titanic.protocol.Concurrency;
import dev.titanic.schemas.edge.Message.Quantity;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that every client sends in a run: as they were counted in the steps, gradients that owners
 * at once give to the server among them; weights and both moments of partitions that move, and
 * weights that owners give to the server at the end of a round, by the number of trained weights,
 * in float32, or in 64 bits under masks. Control messages, evaluations and loading do not count.
 */
final class Traffic {
  private static final String FIRST_PARTITION = "owner";

  /** A trained weight and its two moments. */
  private static final long MOVED_BYTES = 3 * Float.BYTES;

  private final JobConfig config;
  private final Partitioning partitioning;
  private final List<String> owners;
  private final Map<String, Long> sent = new LinkedHashMap<>();
  private Map<String, String> assignment = Map.of();

  Traffic(JobConfig config, Partitioning partitioning) {
    this.config = config;
    this.partitioning = partitioning;
    this.owners = config.owners().stream().map(ClientConfig::id).toList();
    config.clients().forEach(client -> sent.put(client.id(), 0L));
  }

  /** Adds one line of {@code progress.jsonl}. */
  void add(ProgressRecord progress) {
    if (progress instanceof ProgressRecord.Step step) {
      step.partitions()
          .forEach(partition -> sent.merge(partition.client(), partition.bytesSent(), Long::sum));
    } else if (progress instanceof ProgressRecord.Placement placement) {
      move(placement.assignment());
    }
  }

  /** By client id, all in all. */
  Map<String, Long> sent() {
    Concurrency concurrency = config.concurrency();
    Map<String, Long> all = new LinkedHashMap<>(sent);
    if (concurrency != null && concurrency.aggregate() == Quantity.WEIGHTS) {
      long bytes = config.training().turns().rounds() * aggregated();
      owners.forEach(owner -> all.merge(owner, bytes, Long::sum));
    }
    return all;
  }

  private void move(Map<String, String> next) {
    assignment.forEach(
        (partition, client) -> {
          if (!client.equals(next.get(partition))) {
            sent.merge(client, MOVED_BYTES * trainable(partition), Long::sum);
          }
        });
    assignment = next;
  }

  private long aggregated() {
    return (config.masks() ? Long.BYTES : Float.BYTES) * trainable(FIRST_PARTITION);
  }

  private long trainable(@Nullable String partition) {
    int row =
        FIRST_PARTITION.equals(partition)
            ? 0
            : Integer.parseInt(String.valueOf(partition).substring("stage-".length()));
    return partitioning.cost().partition(partitioning.cut(), row).trainable();
  }
}
