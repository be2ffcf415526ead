package dev.titanic.job.feed;

import dev.titanic.data.DataException;
import dev.titanic.owner.KafkaFailure;
import dev.titanic.owner.KafkaTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Puts documents into a client's topic, which it creates when there is none.
 *
 * <p>The owner reads one record of every Kafka partition in turn, so documents are dealt in the
 * same rotation, going on where the topic's record counts say that it stopped.
 */
public final class DocumentFeed {
  private final KafkaTopic topic;

  public DocumentFeed(KafkaTopic topic) {
    this.topic = topic;
  }

  /**
   * Produces the documents of the files, in order, and returns when the broker has confirmed them
   * all.
   *
   * @return number of documents
   * @throws DataException when a file holds something else than documents, before any is sent; or
   *     when one was not delivered
   */
  public long feed(List<DocumentFile> files, FeedProgress progress) {
    files.forEach(DocumentFile::check);
    topic.createIfMissing();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      Rotation rotation = Rotation.of(topic);
      Deliveries deliveries = new Deliveries(progress);
      for (DocumentFile file : files) {
        file.forEach(value -> send(producer, file, rotation.next(), value, deliveries));
      }
      producer.flush();
      deliveries.throwIfFailed(topic);
      return deliveries.documents;
    } catch (KafkaException e) {
      throw KafkaFailure.of(topic, e);
    }
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>(topic.properties());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, KafkaTopic.MAXIMUM_RECORD_BYTES);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    return properties;
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer,
      DocumentFile file,
      int kafkaPartition,
      byte[] value,
      Deliveries deliveries) {
    deliveries.throwIfFailed(topic);
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(topic.name(), kafkaPartition, null, value),
            (metadata, exception) -> deliveries.completed(file, value.length, exception));
  }

  /** What the broker has answered; written by the producer's thread. */
  private static final class Deliveries {
    private final FeedProgress progress;
    private long documents;
    private long bytes;
    private @Nullable Exception failure;
    private @Nullable DocumentFile failedFile;
    private int failedBytes;

    private Deliveries(FeedProgress progress) {
      this.progress = progress;
    }

    private synchronized void completed(
        DocumentFile file, int size, @Nullable Exception exception) {
      if (exception == null) {
        documents++;
        bytes += size;
        progress.delivered(documents, bytes);
      } else if (failure == null) {
        failure = exception;
        failedFile = file;
        failedBytes = size;
      }
    }

    private synchronized void throwIfFailed(KafkaTopic topic) {
      if (failure != null && failedFile != null) {
        throw new DataException(
            "topic %s did not take a document of %d bytes of %s, after %d documents (%s)"
                .formatted(
                    topic.name(),
                    failedBytes,
                    failedFile.path(),
                    documents,
                    failure.getClass().getSimpleName()),
            failure);
      }
    }
  }
}
