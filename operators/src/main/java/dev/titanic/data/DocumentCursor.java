package dev.titanic.data;

import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.StreamPosition.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where an owner stands in its topic, and the one document that it is reading.
 *
 * <p>Strict rotation: one record of every Kafka partition in turn, usable or not, and no Kafka
 * partition is passed over when its next record is not there yet. So the order of documents is a
 * function of the topic alone, not of arrival. Only a Kafka partition that is at its end, where one
 * is given, loses its turn.
 */
final class DocumentCursor {
  /** So that a topic of nothing but unusable records cannot hold a task for ever. */
  static final int MAXIMUM_REJECTED_PER_READ = 1_000;

  private final RecordLog log;
  private final RejectedRecords rejectedRecords;
  private final DocumentEncoder encoder;

  /** Offset behind the last record of every Kafka partition; empty when more may come. */
  private final List<Long> ends;

  private final long[] offsets;
  private int kafkaPartition;
  private int tokenOffset;
  private @Nullable TopicRecord record;
  private int @Nullable [] tokens;

  private long rejected;
  private int rejectedInThisRead;

  DocumentCursor(
      RecordLog log,
      RejectedRecords rejectedRecords,
      DocumentEncoder encoder,
      StreamPosition position,
      List<Long> ends) {
    this.log = log;
    this.rejectedRecords = rejectedRecords;
    this.encoder = encoder;
    this.ends = ends;
    this.offsets = offsets(log, position);
    if (!ends.isEmpty()) {
      requireKafkaPartitions(log, ends.size());
    }
    this.kafkaPartition = position.nextKafkaPartition();
    this.tokenOffset =
        position.cursors().isEmpty() ? 0 : position.cursors().get(kafkaPartition).tokenOffset();
  }

  private static long[] offsets(RecordLog log, StreamPosition position) {
    int kafkaPartitions = log.kafkaPartitions();
    List<Cursor> cursors = position.cursors();
    long[] offsets = new long[kafkaPartitions];
    if (cursors.isEmpty()) {
      for (int i = 0; i < kafkaPartitions; i++) {
        offsets[i] = log.beginning(i);
      }
      return offsets;
    }
    requireKafkaPartitions(log, cursors.size());
    for (int i = 0; i < kafkaPartitions; i++) {
      offsets[i] = cursors.get(i).offset();
    }
    return offsets;
  }

  private static void requireKafkaPartitions(RecordLog log, int before) {
    if (before != log.kafkaPartitions()) {
      throw new DataException(
          "topic %s has %d Kafka partitions, the run began with %d: its order is lost; start a new run"
              .formatted(log.topic(), log.kafkaPartitions(), before));
    }
  }

  /** Goes back to the beginning of the topic. */
  void rewind() {
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = log.beginning(i);
    }
    kafkaPartition = 0;
    close();
  }

  /** Whether no record is left before the end. */
  boolean isAtEnd() {
    return !ends.isEmpty() && IntStream.range(0, offsets.length).allMatch(this::isAtEnd);
  }

  private boolean isAtEnd(int ofKafkaPartition) {
    return !ends.isEmpty() && offsets[ofKafkaPartition] >= ends.get(ofKafkaPartition);
  }

  /** A position without a window and without passes. */
  StreamPosition position() {
    List<Cursor> cursors = new ArrayList<>();
    for (int i = 0; i < offsets.length; i++) {
      cursors.add(new Cursor(offsets[i], i == kafkaPartition ? tokenOffset : 0));
    }
    return new StreamPosition(cursors, kafkaPartition);
  }

  /** Unusable records passed so far. */
  long rejected() {
    return rejected;
  }

  /** Starts a new call from outside, with a new allowance of unusable records. */
  void beginRead() {
    rejectedInThisRead = 0;
  }

  /**
   * Returns the current document's tokens, passing unusable records; null when it is not there yet
   * or behind the end, or when this read has passed enough of them.
   */
  int @Nullable [] document() {
    while (tokens == null && rejectedInThisRead < MAXIMUM_REJECTED_PER_READ) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted while reading topic " + log.topic());
      }
      if (isAtEnd()) {
        return null;
      }
      if (isAtEnd(kafkaPartition)) {
        rotate();
        continue;
      }
      TopicRecord next = log.read(kafkaPartition, offsets[kafkaPartition]);
      if (isBehindEnd(next)) {
        offsets[kafkaPartition] = ends.get(kafkaPartition);
      } else if (next == null) {
        return null;
      } else {
        open(next);
      }
    }
    return tokens;
  }

  /** Of the last offsets before an end there may be no record: compacted away, or a marker. */
  private boolean isBehindEnd(@Nullable TopicRecord next) {
    if (ends.isEmpty()) {
      return false;
    }
    long end = ends.get(kafkaPartition);
    return next == null ? log.hasNothingBefore(kafkaPartition, end) : next.offset() >= end;
  }

  private void open(TopicRecord next) {
    Document document = encoder.encode(next.value());
    if (tokenOffset > 0) {
      requireSameRecord(next, document);
    }
    record = next;
    offsets[kafkaPartition] = next.offset();
    if (document instanceof Document.Tokens usable) {
      tokens = usable.ids();
    } else if (document instanceof Document.Unusable unusable) {
      reject(unusable.reason());
    }
  }

  /** A position inside a record is worth nothing once that record is another one. */
  private void requireSameRecord(TopicRecord next, Document document) {
    boolean same =
        next.offset() == offsets[kafkaPartition]
            && document instanceof Document.Tokens usable
            && usable.ids().length >= tokenOffset;
    if (!same) {
      throw new DataException(
          "topic %s, Kafka partition %d, offset %d: the run stands at token %d of a record that has changed or is gone"
              .formatted(log.topic(), kafkaPartition, offsets[kafkaPartition], tokenOffset));
    }
  }

  /** Number of the current document's tokens that earlier sequences have used. */
  int tokenOffset() {
    return tokenOffset;
  }

  /** Uses tokens of the current document, but stays at it. */
  void use(int count) {
    tokenOffset += count;
  }

  /** Gives the current record up as unusable and goes on to the next. */
  void reject(String reason) {
    rejectedRecords.add(current(), reason);
    rejected++;
    rejectedInThisRead++;
    advance();
  }

  /** Goes on to the next record, which is the next Kafka partition's. */
  void advance() {
    offsets[kafkaPartition] = current().offset() + 1;
    rotate();
    close();
  }

  private void rotate() {
    kafkaPartition = (kafkaPartition + 1) % offsets.length;
  }

  private void close() {
    tokenOffset = 0;
    record = null;
    tokens = null;
  }

  private TopicRecord current() {
    if (record == null) {
      throw new IllegalStateException("no document is open");
    }
    return record;
  }
}
