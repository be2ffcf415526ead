package dev.titanic.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.protocol.OwnerData.Amount;
import dev.titanic.protocol.OwnerData.Step;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.StreamPosition.Cursor;
import dev.titanic.schemas.edge.StreamPosition.Passes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PackedOwnerDataTest {
  private static final OptionalInt END = OptionalInt.of(TestTokenizer.END_OF_TEXT);

  private final RejectedList rejected = new RejectedList();
  private final List<PackedOwnerData> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(PackedOwnerData::close);
  }

  @Test
  void joinsDocumentsWithEndOfTextAndKeepsTheRestForLater() {
    PackedOwnerData data = data(log("abc", "defgh"), Packing.concat(4, END), 1);

    Step first = step(data, StreamPosition.BEGINNING, 1);
    Step second = step(data, first.next(), 1);

    assertThat(sequences(first)).containsExactly(List.of(97, 98, 99, 256));
    assertThat(first.next()).isEqualTo(new StreamPosition(List.of(new Cursor(1, 0)), 0));
    assertThat(sequences(second)).containsExactly(List.of(100, 101, 102, 103));
    assertThat(second.next()).isEqualTo(new StreamPosition(List.of(new Cursor(1, 4)), 0));
    assertThat(data.read(second.next(), 1)).isNull();
  }

  @Test
  void countsTheSequencesOfOnePassAndDisturbsNoReading() {
    InMemoryRecordLog log = log("abc", "{\"text\": 1}", "defgh", "ijkl");
    PackedOwnerData data = data(log, Packing.concat(4, END), 1);
    Step first = step(data, StreamPosition.BEGINNING, 1);

    StreamPosition beginning = StreamPosition.BEGINNING.again(2);
    Amount amount = data.count(beginning);

    assertThat(amount).isEqualTo(new Amount(3, beginning.upTo(List.of(4L)))); // 15 tokens
    assertThat(rejected.entries()).isEmpty();
    assertThat(sequences(step(data, first.next(), 1))).containsExactly(List.of(100, 101, 102, 103));
  }

  @Test
  void whatComesAfterTheCountIsNotTrainedOn() {
    InMemoryRecordLog log = log("abcd", "efgh");
    PackedOwnerData data = data(log, Packing.concat(4, OptionalInt.empty()), 1);
    Amount amount = data.count(StreamPosition.BEGINNING.again(1));
    log.append(0, "ijkl".getBytes(UTF_8));

    Step step = step(data, amount.bounded(), 3);

    assertThat(step.microBatches()).hasSize(2);
    assertThat(step.next().isOver()).isTrue();
    assertThat(step.next().passes()).extracting(Passes::given).isEqualTo(amount.sequences());
  }

  @Test
  void endOfTextMayBeginTheNextSequence() {
    PackedOwnerData data = data(log("abcd", "efg"), Packing.concat(4, END), 1);

    Step first = step(data, StreamPosition.BEGINNING, 1);

    assertThat(first.next()).isEqualTo(new StreamPosition(List.of(new Cursor(0, 4)), 0));
    assertThat(sequences(step(data, first.next(), 1))).containsExactly(List.of(256, 101, 102, 103));
  }

  @Test
  void joinsDocumentsDirectlyWhenTheModelHasNoEndOfText() {
    PackedOwnerData data = data(log("abc", "defgh"), Packing.concat(4, OptionalInt.empty()), 2);

    assertThat(sequences(step(data, StreamPosition.BEGINNING, 1)))
        .containsExactly(List.of(97, 98, 99, 100), List.of(101, 102, 103, 104));
  }

  @Test
  void tokenDocumentsArePackedLikeTexts() {
    PackedOwnerData data = data(log("{\"tokens\": [1, 2]}", "a"), Packing.concat(4, END), 1);

    assertThat(sequences(step(data, StreamPosition.BEGINNING, 1)))
        .containsExactly(List.of(1, 2, 256, 97));
  }

  @Test
  void withoutPackingARecordIsASequenceAndWhatDoesNotFitIsRejected() {
    PackedOwnerData data = data(log("ab", "abcde", "x", "abcd"), Packing.none(4), 2);

    Step step = step(data, StreamPosition.BEGINNING, 1);

    TokenBatch batch = step.microBatches().get(0);
    assertThat(batch.length()).isEqualTo(4);
    assertThat(batch.inputs()).containsExactly(97, 98, 0, 0, 97, 98, 99, 100);
    assertThat(batch.targetCount()).isEqualTo(1 + 3);
    assertThat(step.rejected()).isEqualTo(2);
    assertThat(rejected.entries())
        .containsExactly(
            "0:1 5 tokens, longer than sequenceLength 4",
            "0:2 1 token, which leaves no target; valid is 2 to 4");
  }

  @Test
  void readsOneRecordOfEveryKafkaPartitionInTurn() {
    InMemoryRecordLog log = new InMemoryRecordLog(3);
    for (String text : List.of("a0", "a1")) {
      log.append(0, text.getBytes(UTF_8));
    }
    log.append(1, new byte[] {(byte) 0xFF}); // takes its turn, although it is unusable
    log.append(1, "b1".getBytes(UTF_8));
    PackedOwnerData data = data(log, Packing.none(4), 1);

    assertThat(data.read(StreamPosition.BEGINNING, 2)).as("c0 is missing, a1 waits").isNull();
    log.append(2, "c0".getBytes(UTF_8));
    Step first = step(data, StreamPosition.BEGINNING, 3);

    assertThat(sequences(first)).containsExactly(ids("a0"), ids("c0"), ids("a1"));
    assertThat(first.rejected()).isEqualTo(1);
    assertThat(first.next())
        .isEqualTo(
            new StreamPosition(List.of(new Cursor(2, 0), new Cursor(1, 0), new Cursor(1, 0)), 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void resumingAnywhereAndAnyArrivalGiveTheSameSequences(long seed) {
    Random random = new Random(seed);
    int kafkaPartitions = 1 + random.nextInt(4);
    Packing packing = random.nextBoolean() ? Packing.concat(8, END) : Packing.none(24);
    List<byte[]> documents = randomDocuments(random, 300);
    Shuffle shuffle = random.nextBoolean() ? Shuffle.NONE : new Shuffle(random.nextInt(30), seed);
    List<Step> undisturbed = undisturbed(documents, kafkaPartitions, packing, shuffle);
    assertThat(undisturbed).as("seed %d", seed).hasSizeGreaterThan(10);

    InMemoryRecordLog log = new InMemoryRecordLog(kafkaPartitions);
    int arrived = 0;
    PackedOwnerData data = data(log, packing, shuffle, 2);
    int at = 0;
    while (at < undisturbed.size()) {
      switch (random.nextInt(4)) {
        case 0 -> data = data(log, packing, shuffle, 2); // a restart
        case 1 -> at = Math.max(0, at - random.nextInt(3)); // a restore of an older snapshot
        default -> {
          for (int more = random.nextInt(6); more > 0 && arrived < documents.size(); more--) {
            append(log, arrived, documents.get(arrived++));
          }
        }
      }
      Step again = data.read(startOf(undisturbed, at), 2);
      if (again != null) {
        assertSame(again, undisturbed.get(at), seed);
        at++;
      }
    }
  }

  @Test
  void askingAgainWhileStarvedDoesNotReadAgain() {
    InMemoryRecordLog log = new InMemoryRecordLog(1);
    PackedOwnerData data = data(log, Packing.none(4), 1_000);
    for (int i = 0; i < 999; i++) {
      append(log, i, "abc".getBytes(UTF_8));
      assertThat(data.read(StreamPosition.BEGINNING, 1)).isNull();
    }
    append(log, 999, "abc".getBytes(UTF_8));

    assertThat(data.read(StreamPosition.BEGINNING, 1)).isNotNull();
    assertThat(log.reads()).isEqualTo(1_000 + 999);
  }

  @Test
  void aDocumentThatSpansManyStepsIsReadOnce() {
    InMemoryRecordLog log = log("x".repeat(4_000));
    PackedOwnerData data = data(log, Packing.concat(4, END), 1);
    StreamPosition position = StreamPosition.BEGINNING;
    for (int i = 0; i < 1_000; i++) {
      position = step(data, position, 1).next();
    }

    assertThat(log.reads()).isEqualTo(1);
  }

  @Test
  void unusableRecordsAreReportedOnceAndDeliveredBeforeThePositionMovesOn() {
    InMemoryRecordLog log = log("{\"text\": 1}", "ab");
    PackedOwnerData data = data(log, Packing.none(4), 2);

    assertThat(data.read(StreamPosition.BEGINNING, 1)).isNull();
    assertThat(data.read(StreamPosition.BEGINNING, 1)).isNull();
    assertThat(rejected.entries()).hasSize(1);
    append(log, 2, "cd".getBytes(UTF_8));
    Step step = step(data, StreamPosition.BEGINNING, 1);

    assertThat(step.rejected()).isEqualTo(1);
    assertThat(rejected.entries()).hasSize(1);
    assertThat(rejected.flushed()).isEqualTo(1);
  }

  @Test
  void aTopicOfGarbageDoesNotHoldTheTask() {
    InMemoryRecordLog log = new InMemoryRecordLog(1);
    for (int i = 0; i < 2_500; i++) {
      append(log, i, new byte[] {(byte) 0xFF});
    }
    append(log, 2_500, "ab".getBytes(UTF_8));
    PackedOwnerData data = data(log, Packing.none(4), 1);

    assertThat(data.read(StreamPosition.BEGINNING, 1)).isNull();
    assertThat(rejected.entries()).hasSize(DocumentCursor.MAXIMUM_REJECTED_PER_READ);
    assertThat(data.read(StreamPosition.BEGINNING, 1)).isNull();
    assertThat(step(data, StreamPosition.BEGINNING, 1).rejected()).isEqualTo(2_500);
  }

  @Test
  void gapsInTheOffsetsArePassed() {
    InMemoryRecordLog log = log("ab");
    log.skipOffset(0);
    append(log, 0, "cd".getBytes(UTF_8));
    PackedOwnerData data = data(log, Packing.none(4), 2);

    assertThat(step(data, StreamPosition.BEGINNING, 1).next())
        .isEqualTo(new StreamPosition(List.of(new Cursor(3, 0)), 0));
  }

  @Test
  void aNewRunBeginsWhereTheTopicBegins() {
    InMemoryRecordLog log = log("ab", "cd");
    log.expireBefore(0, 1);

    assertThat(sequences(step(data(log, Packing.none(4), 1), StreamPosition.BEGINNING, 1)))
        .containsExactly(ids("cd"));
  }

  @Test
  void anExpiredOffsetFails() {
    InMemoryRecordLog log = log("abcdefgh", "cd");
    Step first = step(data(log, Packing.concat(4, END), 1), StreamPosition.BEGINNING, 1);
    log.expireBefore(0, 1);
    PackedOwnerData later = data(log, Packing.concat(4, END), 1);

    assertThatThrownBy(() -> later.read(first.next(), 1)).isInstanceOf(DataException.class);
  }

  @Test
  void aPositionInsideARecordThatHasChangedFailsByName() {
    Step first =
        step(data(log("abcdefgh"), Packing.concat(4, END), 1), StreamPosition.BEGINNING, 1);
    PackedOwnerData other = data(log("abc", "defg"), Packing.concat(4, END), 1);

    assertThatThrownBy(() -> other.read(first.next(), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("topic titanic.data.test, Kafka partition 0, offset 0")
        .hasMessageContaining("changed or is gone");
  }

  @Test
  void aTopicThatHasGrownByAKafkaPartitionFailsByName() {
    PackedOwnerData data = data(new InMemoryRecordLog(3), Packing.none(4), 1);

    assertThatThrownBy(() -> data.read(new StreamPosition(List.of(new Cursor(0, 0)), 0), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has 3 Kafka partitions, the run began with 1");
  }

  @Test
  void aTextWithoutATokenizerIsRejected() {
    InMemoryRecordLog log = log("abc", "{\"tokens\": [5, 6]}");
    PackedOwnerData data =
        new PackedOwnerData(
            log, rejected, new DocumentEncoder(512, null), Packing.none(4), Shuffle.NONE, 1, null);
    opened.add(data);

    assertThat(sequences(step(data, StreamPosition.BEGINNING, 1))).containsExactly(List.of(5, 6));
    assertThat(rejected.entries())
        .containsExactly("0:0 a text, but the model has no tokenizer.json");
    assertThat(data.evaluation(0, 10)).isEmpty();
  }

  @Test
  void anInterruptedOwnerStopsReading() {
    PackedOwnerData data = data(log("abc", "def"), Packing.none(4), 2);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> data.read(StreamPosition.BEGINNING, 1))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void closesWhatItWasGiven() {
    InMemoryRecordLog log = log("abc");

    data(log, Packing.none(4), 1).close();

    assertThat(log.isClosed()).isTrue();
  }

  private PackedOwnerData data(InMemoryRecordLog log, Packing packing, int microBatchSize) {
    return data(log, packing, Shuffle.NONE, microBatchSize);
  }

  private PackedOwnerData data(
      InMemoryRecordLog log, Packing packing, Shuffle shuffle, int microBatchSize) {
    DocumentEncoder encoder =
        new DocumentEncoder(TestTokenizer.VOCABULARY_SIZE, TestTokenizer.load());
    PackedOwnerData data =
        new PackedOwnerData(log, rejected, encoder, packing, shuffle, microBatchSize, null);
    opened.add(data);
    return data;
  }

  private static InMemoryRecordLog log(String... documents) {
    InMemoryRecordLog log = new InMemoryRecordLog(1);
    for (String document : documents) {
      log.append(0, document.getBytes(UTF_8));
    }
    return log;
  }

  private List<Step> undisturbed(
      List<byte[]> documents, int kafkaPartitions, Packing packing, Shuffle shuffle) {
    InMemoryRecordLog log = new InMemoryRecordLog(kafkaPartitions);
    for (int i = 0; i < documents.size(); i++) {
      append(log, i, documents.get(i));
    }
    PackedOwnerData data = data(log, packing, shuffle, 2);
    List<Step> steps = new ArrayList<>();
    @Nullable Step next = data.read(StreamPosition.BEGINNING, 2);
    while (next != null) {
      steps.add(next);
      next = data.read(next.next(), 2);
    }
    return steps;
  }

  private static void append(InMemoryRecordLog log, int index, byte[] document) {
    log.append(index % log.kafkaPartitions(), document);
  }

  private static List<byte[]> randomDocuments(Random random, int count) {
    List<byte[]> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = "abcdefghijklmnopqrstuvwxyz€".repeat(2).substring(random.nextInt(20));
      documents.add(
          switch (random.nextInt(8)) {
            case 0 -> new byte[] {(byte) 0xFF};
            case 1 -> "{\"tokens\": [1, 2, 3, 256]}".getBytes(UTF_8);
            case 2 -> new byte[0];
            default -> text.substring(0, 1 + random.nextInt(30)).getBytes(UTF_8);
          });
    }
    return documents;
  }

  private static StreamPosition startOf(List<Step> steps, int index) {
    return index == 0 ? StreamPosition.BEGINNING : steps.get(index - 1).next();
  }

  private static void assertSame(Step actual, Step expected, long seed) {
    assertThat(sequences(actual)).as("seed %d", seed).isEqualTo(sequences(expected));
    assertThat(actual.next()).as("seed %d", seed).isEqualTo(expected.next());
    assertThat(actual.rejected()).as("seed %d", seed).isEqualTo(expected.rejected());
  }

  private static Step step(PackedOwnerData data, StreamPosition position, int microBatches) {
    return Objects.requireNonNull(data.read(position, microBatches), "starved");
  }

  /** The sequences of a step, padding included. */
  private static List<List<Integer>> sequences(Step step) {
    List<List<Integer>> sequences = new ArrayList<>();
    for (TokenBatch batch : step.microBatches()) {
      for (int row = 0; row < batch.sequences(); row++) {
        long[] ids =
            Arrays.copyOfRange(batch.inputs(), row * batch.length(), (row + 1) * batch.length());
        sequences.add(Arrays.stream(ids).mapToObj(Math::toIntExact).toList());
      }
    }
    return sequences;
  }

  private static List<Integer> ids(String text) {
    return text.chars().boxed().toList();
  }
}
