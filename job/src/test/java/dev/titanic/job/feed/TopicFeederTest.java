package dev.titanic.job.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopicFeederTest {
  @TempDir private Path directory;

  @Test
  void countsWhatIsConfirmed() throws IOException {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(
            true,
            new RoundRobinPartitioner(),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    try (TopicFeeder feeder = new TopicFeeder(producer, "titanic.data.alice")) {
      assertThat(feeder.feed(twoDocuments())).isEqualTo(2);
    }

    assertThat(producer.history())
        .extracting("topic")
        .containsOnly("titanic.data.alice")
        .hasSize(2);
    assertThat(producer.closed()).isTrue();
  }

  @Test
  void failsWithoutContentWhenADocumentIsRefused() throws IOException {
    try (TopicFeeder feeder = new TopicFeeder(new Refusing(), "titanic.data.alice")) {
      DocumentFile documents = twoDocuments();

      assertThatThrownBy(() -> feeder.feed(documents))
          .hasMessage("titanic.data.alice refuses a document: RecordTooLargeException");
    }
  }

  private DocumentFile twoDocuments() throws IOException {
    Path file = Files.writeString(directory.resolve("a.txt"), "one\ntwo\n");
    return DocumentFile.of(file, true).orElseThrow();
  }

  private static final class Refusing extends MockProducer<byte[], byte[]> {
    Refusing() {
      super(
          false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized void flush() {
      boolean pending = true;
      while (pending) {
        pending = errorNext(new RecordTooLargeException("secret"));
      }
    }
  }
}
