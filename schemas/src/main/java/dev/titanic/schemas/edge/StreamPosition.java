package dev.titanic.schemas.edge;

import java.util.List;

/**
 * Where an owner stands in its private topic: enough to resume packing exactly, without a token.
 *
 * @param cursors one per Kafka partition of the topic, by its number; empty means the topic's
 *     beginning
 * @param nextKafkaPartition whose turn it is in the strict rotation over the Kafka partitions
 */
public record StreamPosition(List<Cursor> cursors, int nextKafkaPartition) {
  public static final StreamPosition BEGINNING = new StreamPosition(List.of(), 0);

  public StreamPosition {
    cursors = List.copyOf(cursors);
    if (nextKafkaPartition < 0 || nextKafkaPartition > 0 && nextKafkaPartition >= cursors.size()) {
      throw new IllegalArgumentException(
          "Kafka partition " + nextKafkaPartition + " of " + cursors.size());
    }
  }

  /**
   * Position in one Kafka partition.
   *
   * @param offset of the record that is read next, or of the one that is being read
   * @param tokenOffset tokens of that record that earlier sequences have used
   */
  public record Cursor(long offset, int tokenOffset) {
    public Cursor {
      if (offset < 0 || tokenOffset < 0) {
        throw new IllegalArgumentException("cursor " + offset + " + " + tokenOffset);
      }
    }
  }
}
