package dev.titanic.data;

import java.util.ArrayList;
import java.util.List;

/** Keeps what was rejected, and how much of it was flushed. */
final class RejectedList implements RejectedRecords {
  private final List<String> entries = new ArrayList<>();
  private int flushed;

  /** Each as {@code kafkaPartition:offset reason}. */
  List<String> entries() {
    return entries;
  }

  int flushed() {
    return flushed;
  }

  @Override
  public void add(TopicRecord record, String reason) {
    entries.add(record.kafkaPartition() + ":" + record.offset() + " " + reason);
  }

  @Override
  public void flush() {
    flushed = entries.size();
  }

  @Override
  public void close() {}
}
