package dev.titanic.data;

import org.jspecify.annotations.Nullable;

/** One record of an owner's private topic. Prints its position, never its value. */
public final class TopicRecord {
  private final int kafkaPartition;
  private final long offset;
  private final byte @Nullable [] value;

  /**
   * @param value shared, not copied; null for a record without one
   */
  public TopicRecord(int kafkaPartition, long offset, byte @Nullable [] value) {
    this.kafkaPartition = kafkaPartition;
    this.offset = offset;
    this.value = value;
  }

  public int kafkaPartition() {
    return kafkaPartition;
  }

  public long offset() {
    return offset;
  }

  public byte @Nullable [] value() {
    return value;
  }

  @Override
  public String toString() {
    return "Kafka partition %d, offset %d, %d bytes"
        .formatted(kafkaPartition, offset, value == null ? 0 : value.length);
  }
}
