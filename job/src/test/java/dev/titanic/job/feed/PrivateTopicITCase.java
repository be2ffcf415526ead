package dev.titanic.job.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.data.DataException;
import dev.titanic.data.DocumentEncoder;
import dev.titanic.data.PackedOwnerData;
import dev.titanic.data.Packing;
import dev.titanic.data.Shuffle;
import dev.titanic.data.TopicRecord;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.owner.KafkaRecordLog;
import dev.titanic.owner.KafkaRejectedRecords;
import dev.titanic.owner.KafkaTopic;
import dev.titanic.protocol.OwnerData.Step;
import dev.titanic.schemas.edge.StreamPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Feed, read, reject: a private topic against a real broker. */
@Timeout(120)
final class PrivateTopicITCase {
  @AutoClose private static EmbeddedBroker broker;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    broker = EmbeddedBroker.start();
  }

  @Test
  void whatIsFedIsReadInOrderAndAcrossFeeds() throws Exception {
    KafkaTopic topic = topic("titanic.data.alice");
    broker.createTopic(topic.name(), 3);
    AtomicLong confirmed = new AtomicLong();

    assertThat(feed(topic, "a.txt", "one\ntwo\nthree\nfour\n", (n, bytes) -> confirmed.set(bytes)))
        .isEqualTo(4);
    feed(topic, "b.txt", "five\nsix\nseven\n", (n, bytes) -> {});

    assertThat(confirmed).hasValue("onetwothreefour".length());
    try (KafkaRecordLog log = KafkaRecordLog.open(topic)) {
      assertThat(inRotation(log, 7))
          .containsExactly("one", "two", "three", "four", "five", "six", "seven");
      assertThat(inRotation(log, 7)).as("again, after seeking").hasSize(7);
      assertThat(log.read(1, 2)).as("not there yet").isNull();
    }
  }

  @Test
  void recordsThatArriveLaterAreFound() throws Exception {
    KafkaTopic topic = topic("titanic.data.bob");
    feed(topic, "a.txt", "one\n", (n, bytes) -> {});

    try (KafkaRecordLog log = KafkaRecordLog.open(topic)) {
      assertThat(inRotation(log, 1)).containsExactly("one");
      assertThat(log.read(0, 1)).isNull();
      feed(topic, "b.txt", "two\n", (n, bytes) -> {});
      assertThat(value(eventually(log, 0, 1))).isEqualTo("two");
    }
  }

  @Test
  void anExpiredOffsetIsNamed() throws Exception {
    KafkaTopic topic = topic("titanic.data.carol");
    feed(topic, "a.txt", "one\ntwo\nthree\n", (n, bytes) -> {});
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(topic.properties()))) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(topic.name(), 0), RecordsToDelete.beforeOffset(2)))
          .all()
          .get();
    }

    try (KafkaRecordLog log = KafkaRecordLog.open(topic)) {
      assertThat(log.beginning(0)).isEqualTo(2);
      assertThatThrownBy(() -> eventually(log, 0, 1))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "topic titanic.data.carol, Kafka partition 0: offset 1 is not in it;"
                  + " available is 2 to 3");
    }
  }

  @Test
  void aTopicThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> KafkaRecordLog.open(topic("titanic.data.nobody")))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("topic titanic.data.nobody does not exist; create it");
  }

  @Test
  void unusableRecordsGoUnchangedToTheRejectedTopic() throws Exception {
    KafkaTopic topic = topic("titanic.data.dave");
    feed(
        topic,
        "a.jsonl",
        "{\"tokens\": [1, 2]}\n{\"tokens\": [900]}\n{\"tokens\": [3, 4]}\n",
        (n, b) -> {});

    try (PackedOwnerData data =
        new PackedOwnerData(
            KafkaRecordLog.open(topic),
            new KafkaRejectedRecords(topic),
            new DocumentEncoder(512, null),
            Packing.none(8),
            Shuffle.NONE,
            2,
            null)) {
      @Nullable Step step = null;
      while (step == null) {
        step = data.read(StreamPosition.BEGINNING, 1);
      }
      assertThat(step.rejected()).isEqualTo(1);
    }

    ConsumerRecord<byte[], byte[]> rejected = first(topic("titanic.data.dave.rejected"));
    assertThat(new String(rejected.value(), UTF_8)).isEqualTo("{\"tokens\": [900]}");
    assertThat(new String(rejected.key(), UTF_8)).isEqualTo("0:1");
    assertThat(header(rejected, KafkaRejectedRecords.POSITION_HEADER)).isEqualTo("0:1");
    assertThat(header(rejected, KafkaRejectedRecords.REASON_HEADER))
        .isEqualTo("token 0 is out of range; valid is 0 to 511");
  }

  @Test
  void aDocumentTooLargeForTheTopicIsNamed() throws Exception {
    KafkaTopic topic = topic("titanic.data.erin");
    broker.createTopic(topic.name(), 1); // with the broker's limit of 1 MB

    assertThatThrownBy(() -> feed(topic, "big.txt", "x".repeat(2 << 20), (n, bytes) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("titanic.data.erin did not take a document of 2097152 bytes of ")
        .hasMessageContaining("big.txt, after 0 documents (RecordTooLargeException)");
  }

  private static KafkaTopic topic(String name) {
    return new KafkaTopic(Map.of("bootstrap.servers", broker.bootstrapServers()), name);
  }

  private long feed(KafkaTopic topic, String name, String content, FeedProgress progress)
      throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    return new DocumentFeed(topic).feed(List.of(DocumentFile.of(file, true)), progress);
  }

  private static List<String> inRotation(KafkaRecordLog log, int count) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value(eventually(log, i % log.kafkaPartitions(), i / log.kafkaPartitions())));
    }
    return values;
  }

  private static TopicRecord eventually(KafkaRecordLog log, int kafkaPartition, long offset) {
    @Nullable TopicRecord record = null;
    while (record == null) {
      record = log.read(kafkaPartition, offset);
    }
    return record;
  }

  private static String value(TopicRecord record) {
    return new String(Objects.requireNonNull(record.value()), UTF_8);
  }

  private static ConsumerRecord<byte[], byte[]> first(KafkaTopic topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.<String, Object>copyOf(topic.properties()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all = List.of(new TopicPartition(topic.name(), 0));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      return consumer.poll(Duration.ofSeconds(30)).iterator().next();
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return new String(header.value(), UTF_8);
  }
}
