package dev.titanic.owner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.titanic.data.DataException;
import dev.titanic.data.RejectedRecords;
import dev.titanic.data.TopicRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards unusable records, unchanged, to {@code <topic>.rejected}, which is created when it is
 * first needed.
 *
 * <p>The key and the header {@code titanic.position} say {@code kafkaPartition:offset}, the header
 * {@code titanic.reason} says why. So a record can be mended and fed again.
 */
public final class KafkaRejectedRecords implements RejectedRecords {
  /** Of the name of the topic, behind that of the data topic. */
  public static final String SUFFIX = ".rejected";

  public static final String POSITION_HEADER = "titanic.position";
  public static final String REASON_HEADER = "titanic.reason";

  private static final Logger LOG = LoggerFactory.getLogger(KafkaRejectedRecords.class);

  private final KafkaTopic topic;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  /**
   * @param data the topic of the documents
   */
  public KafkaRejectedRecords(KafkaTopic data) {
    this.topic = new KafkaTopic(data.properties(), data.name() + SUFFIX);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the callback keeps the failure
  public void add(TopicRecord record, String reason) {
    if (producer == null) {
      LOG.warn(
          "unusable records go to {}, with position and reason; the first is {}: {}",
          topic.name(),
          record,
          reason);
    }
    byte[] position = (record.kafkaPartition() + ":" + record.offset()).getBytes(UTF_8);
    ProducerRecord<byte[], byte[]> rejected =
        new ProducerRecord<>(topic.name(), position, record.value());
    rejected.headers().add(POSITION_HEADER, position).add(REASON_HEADER, reason.getBytes(UTF_8));
    Future<RecordMetadata> unused = producer().send(rejected, this::delivered);
  }

  private void delivered(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
    if (exception != null) {
      failure.compareAndSet(null, exception);
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    if (producer == null) {
      topic.createIfMissing();
      Map<String, Object> properties = new HashMap<>(topic.properties());
      properties.put(ProducerConfig.ACKS_CONFIG, "all");
      properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, KafkaTopic.MAXIMUM_RECORD_BYTES);
      properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
      properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
      producer =
          new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  @Override
  public void flush() {
    if (producer != null) {
      producer.flush();
    }
    Exception failed = failure.getAndSet(null);
    if (failed instanceof InterruptException interrupted) {
      throw interrupted;
    }
    if (failed != null) {
      throw new DataException(
          "topic %s does not take rejected records (%s)"
              .formatted(topic.name(), failed.getClass().getSimpleName()),
          failed);
    }
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ZERO); // whatever counts has been flushed
    }
  }
}
