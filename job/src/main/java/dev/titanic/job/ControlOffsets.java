package dev.titanic.job;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a new run begins to read: profiles hold until the next one, so all of them count; commands
 * of before were for another run.
 */
final class ControlOffsets implements OffsetsInitializer {
  private static final long serialVersionUID = 1L;

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> kafkaPartitions, PartitionOffsetsRetriever retriever) {
    return kafkaPartitions.stream()
        .collect(Collectors.toMap(partition -> partition, ControlOffsets::start));
  }

  private static long start(TopicPartition partition) {
    return partition.topic().equals(TitanicRun.CLIENTS_TOPIC)
        ? KafkaPartitionSplit.EARLIEST_OFFSET
        : KafkaPartitionSplit.LATEST_OFFSET;
  }

  /** When an offset of a snapshot is gone: profiles come again, a command of old must not. */
  @Override
  @SuppressWarnings("deprecation") // the connector's signature
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.LATEST;
  }
}
