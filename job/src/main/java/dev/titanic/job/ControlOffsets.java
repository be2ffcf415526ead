package dev.titanic.job;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a new run begins to read: profiles hold until the next one, so all of them count; commands
 * of before were for another run.
 */
final class ControlOffsets implements OffsetsInitializer {
  private static final long serialVersionUID = 1L;

  private static final OffsetsInitializer LATEST = OffsetsInitializer.latest();
  private static final OffsetsInitializer EARLIEST = OffsetsInitializer.earliest();

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> kafkaPartitions, PartitionOffsetsRetriever retriever) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    offsets.putAll(LATEST.getPartitionOffsets(commands(kafkaPartitions, true), retriever));
    offsets.putAll(EARLIEST.getPartitionOffsets(commands(kafkaPartitions, false), retriever));
    return offsets;
  }

  private static List<TopicPartition> commands(
      Collection<TopicPartition> kafkaPartitions, boolean are) {
    return kafkaPartitions.stream()
        .filter(partition -> partition.topic().equals(TitanicRun.COMMANDS_TOPIC) == are)
        .toList();
  }

  /** When an offset of a snapshot is gone: profiles come again, a command of old must not. */
  @Override
  @SuppressWarnings("deprecation") // the connector's signature
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.LATEST;
  }
}
