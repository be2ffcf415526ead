package dev.titanic.schemas.edge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an owner stands in its private topic: enough to resume packing and shuffling exactly,
 * without a token.
 *
 * @param cursors one per Kafka partition of the topic, by its number; empty means the topic's
 *     beginning. Where a window of sequences is shuffled, they are at its beginning
 * @param nextKafkaPartition whose turn it is in the strict rotation over the Kafka partitions
 * @param window which sequences of the window behind the cursors are used
 * @param passes how often the topic is read and how far; null when it is read on and on
 */
public record StreamPosition(
    List<Cursor> cursors, int nextKafkaPartition, Window window, @Nullable Passes passes) {
  public static final StreamPosition BEGINNING = new StreamPosition(List.of(), 0);

  public StreamPosition {
    cursors = List.copyOf(cursors);
    if (nextKafkaPartition < 0 || nextKafkaPartition > 0 && nextKafkaPartition >= cursors.size()) {
      throw new IllegalArgumentException(
          "Kafka partition " + nextKafkaPartition + " of " + cursors.size());
    }
  }

  /** A position without shuffling, in a topic that is read on and on. */
  public StreamPosition(List<Cursor> cursors, int nextKafkaPartition) {
    this(cursors, nextKafkaPartition, Window.FIRST, null);
  }

  /**
   * The topic's beginning, to be read so many times; windows are shuffled otherwise than before.
   */
  public StreamPosition again(int times) {
    return new StreamPosition(List.of(), 0, window.next(), new Passes(times, List.of(), 0));
  }

  /**
   * The same, with passes that end there.
   *
   * @param ends offset behind the last record of every Kafka partition, by its number
   */
  public StreamPosition upTo(List<Long> ends) {
    if (passes == null) {
      throw new IllegalArgumentException("an end of a topic that is read on and on");
    }
    return new StreamPosition(cursors, nextKafkaPartition, window, passes.upTo(ends));
  }

  /** Whether all passes are over. */
  public boolean isOver() {
    return passes != null && passes.left() == 0;
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

  /**
   * Consecutive sequences that are used in a seeded order.
   *
   * @param number counts the shuffled windows of this owner
   * @param size sequences, when all are there; 0 before the first one is used
   * @param seed of the order; 0 before the first one is used
   * @param taken sequences that are used
   */
  public record Window(long number, int size, long seed, int taken) {
    public static final Window FIRST = new Window(0, 0, 0, 0);

    public Window {
      if (number < 0 || taken < 0 || taken > size) {
        throw new IllegalArgumentException(
            "%d of %d sequences of window %d".formatted(taken, size, number));
      }
    }

    /** The window behind this one. */
    public Window next() {
      return new Window(number + 1, 0, 0, 0);
    }
  }

  /**
   * How often a topic is read from its beginning to where it ended when the first pass began.
   *
   * @param left passes that are not over
   * @param ends offset behind the last record of every Kafka partition, by its number; empty until
   *     the owner has looked
   * @param given sequences used since the first pass began
   */
  public record Passes(int left, List<Long> ends, long given) {
    public Passes {
      ends = List.copyOf(ends);
      if (left < 0 || given < 0) {
        throw new IllegalArgumentException(
            "%d passes left, %d sequences given".formatted(left, given));
      }
    }

    Passes upTo(List<Long> endOffsets) {
      return new Passes(left, endOffsets, given);
    }

    /** One pass less. */
    public Passes next() {
      return new Passes(left - 1, ends, given);
    }

    /** One more sequence is used. */
    public Passes oneMore() {
      return new Passes(left, ends, given + 1);
    }
  }
}
