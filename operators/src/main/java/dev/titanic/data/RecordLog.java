package dev.titanic.data;

import org.jspecify.annotations.Nullable;

/**
 * A private topic as its owner reads it: by position, one record at a time.
 *
 * <p>An implementation may read ahead within a bound, and drops what it has read ahead when the
 * next offset is not the one behind the last record. Used by one thread.
 */
public interface RecordLog extends AutoCloseable {

  /** Name of the topic, for messages. */
  String topic();

  /** Number of Kafka partitions of the topic, fixed while this is open. */
  int kafkaPartitions();

  /** Offset of the first record that a Kafka partition still has, or will have. */
  long beginning(int kafkaPartition);

  /** Offset behind the last record that a Kafka partition has now. */
  long end(int kafkaPartition);

  /**
   * Whether the last read of a Kafka partition, which found nothing, has shown that no record
   * before this offset is left.
   */
  boolean hasNothingBefore(int kafkaPartition, long offset);

  /**
   * Reads the first record at or after an offset. Waits a fraction of a second at most.
   *
   * @return null when there is none yet
   * @throws DataException when the offset is no longer in the topic, or was never
   */
  @Nullable TopicRecord read(int kafkaPartition, long offset);

  @Override
  void close();
}
