package dev.titanic.owner;

import dev.titanic.data.DataException;
import dev.titanic.data.RecordLog;
import dev.titanic.data.TopicRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A private topic by position: no consumer group, no committed offsets.
 *
 * <p>Reads ahead by at most one poll per Kafka partition: one that still has records is paused.
 */
public final class KafkaRecordLog implements RecordLog {
  private static final Duration PATIENCE_AT_START = Duration.ofSeconds(15);
  private static final Duration PATIENCE_PER_READ = Duration.ofMillis(200);

  private final KafkaTopic topic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ReadAhead> kafkaPartitions;

  private KafkaRecordLog(
      KafkaTopic topic, KafkaConsumer<byte[], byte[]> consumer, List<ReadAhead> kafkaPartitions) {
    this.topic = topic;
    this.consumer = consumer;
    this.kafkaPartitions = kafkaPartitions;
  }

  /**
   * Opens the topic.
   *
   * @throws DataException when there is no such topic, no such broker, or no permission
   */
  public static KafkaRecordLog open(KafkaTopic topic) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            properties(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      return open(topic, consumer);
    } catch (RuntimeException e) {
      closeNow(consumer);
      throw e instanceof KafkaException kafka ? KafkaFailure.of(topic, kafka) : e;
    }
  }

  private static KafkaRecordLog open(KafkaTopic topic, KafkaConsumer<byte[], byte[]> consumer) {
    List<PartitionInfo> infos = consumer.partitionsFor(topic.name(), PATIENCE_AT_START);
    if (infos == null || infos.isEmpty()) {
      throw new DataException(
          "topic %s does not exist; create it, or put documents into it with ./titanic feed"
              .formatted(topic.name()));
    }
    List<ReadAhead> kafkaPartitions = new ArrayList<>();
    for (int i = 0; i < infos.size(); i++) {
      kafkaPartitions.add(new ReadAhead(new TopicPartition(topic.name(), i)));
    }
    List<TopicPartition> all = kafkaPartitions.stream().map(p -> p.id).toList();
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(all, PATIENCE_AT_START);
    consumer.assign(all);
    consumer.pause(all);
    beginnings.forEach(consumer::seek); // a position each, or poll() fails for want of one
    return new KafkaRecordLog(topic, consumer, kafkaPartitions);
  }

  private static Map<String, Object> properties(KafkaTopic topic) {
    Map<String, Object> properties = new HashMap<>(topic.properties());
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    // Below the patience of a read, so that a fetch at the end of one Kafka partition does not make
    // another one, on the same broker, look empty.
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "50");
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(8 << 20));
    return properties;
  }

  @Override
  public String topic() {
    return topic.name();
  }

  @Override
  public int kafkaPartitions() {
    return kafkaPartitions.size();
  }

  @Override
  public synchronized long beginning(int kafkaPartition) {
    return offset(kafkaPartition, ids -> consumer.beginningOffsets(ids, PATIENCE_AT_START));
  }

  @Override
  public synchronized long end(int kafkaPartition) {
    return offset(kafkaPartition, ids -> consumer.endOffsets(ids, PATIENCE_AT_START));
  }

  private long offset(
      int kafkaPartition, Function<List<TopicPartition>, Map<TopicPartition, Long>> request) {
    TopicPartition id = kafkaPartitions.get(kafkaPartition).id;
    return Objects.requireNonNull(ask(() -> request.apply(List.of(id))).get(id));
  }

  /** The consumer goes on behind what it was sent and does not return. */
  @Override
  public synchronized boolean hasNothingBefore(int kafkaPartition, long offset) {
    ReadAhead ahead = kafkaPartitions.get(kafkaPartition);
    return ahead.records.isEmpty() && ask(() -> consumer.position(ahead.id)) >= offset;
  }

  @Override
  public synchronized @Nullable TopicRecord read(int kafkaPartition, long offset) {
    ReadAhead ahead = kafkaPartitions.get(kafkaPartition);
    try {
      if (ahead.next != offset) {
        ahead.seek(consumer, offset);
      }
      if (ahead.records.isEmpty()) {
        ask(
            () -> {
              poll(ahead);
              return ahead;
            });
      }
    } catch (OffsetOutOfRangeException e) {
      throw gone(kafkaPartition, offset, e);
    }
    ConsumerRecord<byte[], byte[]> record = ahead.records.poll();
    if (record == null) {
      return null;
    }
    ahead.next = record.offset() + 1;
    return new TopicRecord(kafkaPartition, record.offset(), record.value());
  }

  /** Says in one line what went wrong, but for an offset that is not there. */
  private <T> T ask(Supplier<T> request) {
    try {
      return request.get();
    } catch (WakeupException e) {
      throw new CancellationException("topic " + topic.name() + " was closed while it was read");
    } catch (OffsetOutOfRangeException e) {
      throw e;
    } catch (KafkaException e) {
      throw KafkaFailure.of(topic, e);
    }
  }

  /** Fetches until the Kafka partition has a record, or patience ends. */
  private void poll(ReadAhead wanted) {
    consumer.resume(List.of(wanted.id));
    long start = System.nanoTime();
    Duration left = PATIENCE_PER_READ;
    while (wanted.records.isEmpty() && left.compareTo(Duration.ZERO) > 0) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(left)) {
        kafkaPartitions.get(record.partition()).records.add(record);
      }
      for (ReadAhead ahead : kafkaPartitions) {
        if (!ahead.records.isEmpty()) {
          consumer.pause(List.of(ahead.id));
        }
      }
      left = PATIENCE_PER_READ.minusNanos(System.nanoTime() - start);
    }
  }

  private DataException gone(int kafkaPartition, long offset, OffsetOutOfRangeException cause) {
    List<TopicPartition> ids = List.of(kafkaPartitions.get(kafkaPartition).id);
    String range;
    try {
      range =
          "available is %d to %d"
              .formatted(
                  consumer.beginningOffsets(ids).values().iterator().next(),
                  consumer.endOffsets(ids).values().iterator().next());
    } catch (KafkaException e) {
      range = "what is available is unknown";
    }
    return new DataException(
        "topic %s, Kafka partition %d: offset %d is not in it; %s"
            .formatted(topic.name(), kafkaPartition, offset, range),
        cause);
  }

  /** Drops what was read ahead. May be called by another thread, whose call ends the read. */
  @Override
  public void close() {
    consumer.wakeup(); // makes a read let go of the lock
    synchronized (this) {
      closeNow(consumer);
    }
  }

  private static void closeNow(KafkaConsumer<?, ?> consumer) {
    boolean interrupted = Thread.interrupted(); // or the consumer would not close
    try {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Records of one Kafka partition, fetched but not read. */
  private static final class ReadAhead {
    private final TopicPartition id;
    private final Queue<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
    private long next = -1;

    private ReadAhead(TopicPartition id) {
      this.id = id;
    }

    private void seek(KafkaConsumer<?, ?> consumer, long offset) {
      records.clear();
      consumer.seek(id, offset);
      next = offset;
    }
  }
}
