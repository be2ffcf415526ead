package dev.titanic.data;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A topic as a data structure: records may be missing, expired, or not have arrived yet. */
final class InMemoryRecordLog implements RecordLog {
  private final List<TreeMap<Long, byte[]>> records = new ArrayList<>();
  private final long[] ends;
  private final long[] beginnings;
  private long reads;
  private boolean closed;

  InMemoryRecordLog(int kafkaPartitions) {
    ends = new long[kafkaPartitions];
    beginnings = new long[kafkaPartitions];
    for (int i = 0; i < kafkaPartitions; i++) {
      records.add(new TreeMap<>());
    }
  }

  void append(int kafkaPartition, byte[] value) {
    records.get(kafkaPartition).put(ends[kafkaPartition]++, value);
  }

  /** As after a compaction, or behind a transaction's marker. */
  void skipOffset(int kafkaPartition) {
    ends[kafkaPartition]++;
  }

  void expireBefore(int kafkaPartition, long offset) {
    beginnings[kafkaPartition] = offset;
    records.get(kafkaPartition).headMap(offset).clear();
  }

  @Override
  public long end(int kafkaPartition) {
    return ends[kafkaPartition];
  }

  @Override
  public boolean hasNothingBefore(int kafkaPartition, long offset) {
    return ends[kafkaPartition] >= offset;
  }

  long reads() {
    return reads;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public String topic() {
    return "titanic.data.test";
  }

  @Override
  public int kafkaPartitions() {
    return ends.length;
  }

  @Override
  public long beginning(int kafkaPartition) {
    return beginnings[kafkaPartition];
  }

  @Override
  public @Nullable TopicRecord read(int kafkaPartition, long offset) {
    reads++;
    if (offset < beginnings[kafkaPartition] || offset > ends[kafkaPartition]) {
      throw new DataException("offset " + offset + " is not there");
    }
    var next = records.get(kafkaPartition).ceilingEntry(offset);
    return next == null ? null : new TopicRecord(kafkaPartition, next.getKey(), next.getValue());
  }

  @Override
  public void close() {
    closed = true;
  }
}
