package dev.titanic.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.protocol.OwnerData.Step;
import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.StreamPosition.Passes;
import dev.titanic.schemas.edge.StreamPosition.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order in which sequences are trained on: in windows, and in passes. */
final class SequenceOrderTest {
  private static final int VOCABULARY_SIZE = 512;
  private static final Shuffle FIVE = new Shuffle(5, 7);

  private final RejectedList rejected = new RejectedList();

  @Test
  void everyWindowIsDealtInAnOrderOfItsOwn() {
    List<Integer> order = order(log(20), FIVE, StreamPosition.BEGINNING);

    assertThat(order).hasSize(20);
    List<List<Integer>> windows =
        IntStream.range(0, 4).mapToObj(i -> order.subList(5 * i, 5 * i + 5)).toList();
    for (int i = 0; i < 4; i++) {
      assertThat(windows.get(i))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(5 * i, 5 * i + 5).boxed().toList());
    }
    assertThat(IntStream.range(0, 4).mapToObj(i -> relative(windows.get(i), 5 * i)))
        .doesNotHaveDuplicates();
  }

  @Test
  void aSeedGivesOneOrder() {
    List<Integer> order = order(log(40), new Shuffle(40, 1), StreamPosition.BEGINNING);

    assertThat(order(log(40), new Shuffle(40, 1), StreamPosition.BEGINNING)).isEqualTo(order);
    assertThat(order(log(40), new Shuffle(40, 2), StreamPosition.BEGINNING)).isNotEqualTo(order);
    assertThat(order).isNotEqualTo(order(log(40), Shuffle.NONE, StreamPosition.BEGINNING));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void withoutAWindowTheOrderIsThatOfTheTopic(int window) {
    List<Step> steps = steps(log(6), new Shuffle(window, 7), StreamPosition.BEGINNING, 2);

    assertThat(steps).flatExtracting(SequenceOrderTest::ids).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(steps).extracting(step -> step.next().window()).containsOnly(Window.FIRST);
  }

  @ParameterizedTest
  @CsvSource({"5, 1, 0", "5, 3, 0", "5, 7, 0", "1, 3, 0", "5, 3, 2", "4, 4, 3", "30, 2, 2"})
  void resumingAtEveryStepGivesTheSameSteps(int window, int sequences, int passes) {
    Shuffle shuffle = new Shuffle(window, 3);
    StreamPosition beginning =
        passes == 0 ? StreamPosition.BEGINNING : StreamPosition.BEGINNING.again(passes);
    List<Step> steps = steps(log(23), shuffle, beginning, sequences);
    assertThat(steps).isNotEmpty();

    StreamPosition position = beginning;
    for (Step step : steps) {
      Step again = read(data(log(23), shuffle), position, sequences);
      assertThat(ids(again)).isEqualTo(ids(step));
      assertThat(again.next()).isEqualTo(step.next());
      position = step.next();
    }
  }

  @Test
  void aWindowWaitsUntilItIsWhole() {
    InMemoryRecordLog log = log(4);
    PackedOwnerData data = data(log, FIVE);

    assertThat(data.read(StreamPosition.BEGINNING, 1)).isNull();
    log.append(0, document(4));
    assertThat(data.read(StreamPosition.BEGINNING, 1)).isNotNull();
  }

  @Test
  void noMoreThanAWindowIsReadAhead() {
    InMemoryRecordLog log = log(20);
    PackedOwnerData data = data(log, FIVE);
    StreamPosition position = StreamPosition.BEGINNING;
    for (int sequence = 0; sequence < 12; sequence++) {
      position = read(data, position, 1).next();
      assertThat(log.reads()).isEqualTo(5L * (1 + sequence / 5));
    }
  }

  @Test
  void aWindowIsFinishedAsItWasBegun() {
    Step first = read(data(log(20), FIVE), StreamPosition.BEGINNING, 3);

    List<Integer> rest = order(log(20), new Shuffle(10, 99), first.next());

    List<Integer> order = order(log(20), FIVE, StreamPosition.BEGINNING);
    assertThat(rest.subList(0, 2)).isEqualTo(order.subList(3, 5));
    assertThat(rest.subList(2, 12))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(5, 15).boxed().toList());
  }

  @Test
  void aWindowWithoutItsSequencesFailsByName() {
    Step first = read(data(log(5), FIVE), StreamPosition.BEGINNING.again(1), 4);
    InMemoryRecordLog other = new InMemoryRecordLog(1);
    IntStream.range(0, 5).forEach(i -> other.append(0, new byte[] {(byte) 0xFF}));
    other.append(0, document(1));
    StreamPosition longer =
        new StreamPosition(
            first.next().cursors(), 0, first.next().window(), new Passes(1, List.of(6L), 4));

    assertThatThrownBy(() -> data(other, FIVE).read(longer, 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "topic titanic.data.test: the run stands in a window of sequences that has changed or is gone");
  }

  @Test
  void rejectedRecordsOfAWindowAreCountedOnce() {
    InMemoryRecordLog log = log(2);
    log.append(0, new byte[] {(byte) 0xFF});
    IntStream.range(2, 10).forEach(i -> log.append(0, document(i)));
    List<Step> steps = steps(log, FIVE, StreamPosition.BEGINNING, 1);

    assertThat(steps)
        .extracting(Step::rejected)
        .containsExactly(1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
    assertThat(read(data(log, FIVE), steps.get(0).next(), 1).rejected()).isZero();
  }

  @Test
  void passesReadTheTopicAgainToWhereItEnded() {
    InMemoryRecordLog log = log(5);
    PackedOwnerData data = data(log, Shuffle.NONE);
    Step first = read(data, StreamPosition.BEGINNING.again(2), 4);
    log.append(0, document(5));

    Step second = read(data, first.next(), 4);
    Step third = read(data, second.next(), 4);

    assertThat(ids(first)).containsExactly(0, 1, 2, 3);
    assertThat(ids(second)).containsExactly(4, 0, 1, 2);
    assertThat(ids(third)).containsExactly(3, 4);
    assertThat(third.next().isOver()).isTrue();
    assertThat(read(data, third.next(), 4).microBatches()).isEmpty();
    assertThat(order(log, Shuffle.NONE, third.next().again(1))).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void everyPassIsShuffledOtherwiseAndItsLastWindowHasWhatIsLeft() {
    List<Integer> order = order(log(8), FIVE, StreamPosition.BEGINNING.again(2));

    assertThat(order).hasSize(16);
    for (int pass = 0; pass < 2; pass++) {
      assertThat(order.subList(8 * pass, 8 * pass + 5)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
      assertThat(order.subList(8 * pass + 5, 8 * pass + 8)).containsExactlyInAnyOrder(5, 6, 7);
    }
    assertThat(order.subList(0, 8)).isNotEqualTo(order.subList(8, 16));
  }

  @Test
  void tokensThatFillNoSequenceAreDroppedAtTheEndOfAPass() {
    InMemoryRecordLog log = new InMemoryRecordLog(1);
    log.append(0, "{\"tokens\": [1, 2, 3, 4, 5, 6, 7]}".getBytes(UTF_8));
    PackedOwnerData data = data(log, Packing.concat(3, OptionalInt.empty()), Shuffle.NONE);

    Step step = read(data, StreamPosition.BEGINNING.again(2), 9);

    assertThat(ids(step)).containsExactly(1, 4, 1, 4);
    assertThat(step.next().isOver()).isTrue();
  }

  @Test
  void aPassOverUnequalKafkaPartitionsEndsWithTheLongest() {
    InMemoryRecordLog log = new InMemoryRecordLog(3);
    IntStream.of(0, 3, 5).forEach(i -> log.append(0, document(i)));
    IntStream.of(1, 4).forEach(i -> log.append(1, document(i)));
    log.append(2, document(2));

    assertThat(order(log, Shuffle.NONE, StreamPosition.BEGINNING.again(1)))
        .containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void aPassEndsThoughItsLastOffsetsHoldNoRecord() {
    InMemoryRecordLog log = log(2);
    log.skipOffset(0);
    PackedOwnerData data = data(log, FIVE);
    Step step = read(data, StreamPosition.BEGINNING.again(1), 4);
    log.append(0, document(2));

    assertThat(ids(step)).containsExactlyInAnyOrder(0, 1);
    assertThat(read(data, step.next(), 4).microBatches()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void aPassOverATopicWithoutASequenceIsOverAtOnce(int bad) {
    InMemoryRecordLog log = new InMemoryRecordLog(1);
    IntStream.range(0, bad).forEach(i -> log.append(0, new byte[] {(byte) 0xFF}));

    Step step = read(data(log, FIVE), StreamPosition.BEGINNING.again(3), 4);

    assertThat(step.microBatches()).isEmpty();
    assertThat(step.next().isOver()).isTrue();
    assertThat(step.rejected()).isEqualTo(3L * bad);
  }

  private static List<Integer> relative(List<Integer> window, int first) {
    return window.stream().map(id -> id - first).toList();
  }

  /** The first tokens of all sequences, to the end of the topic or of all passes. */
  private List<Integer> order(InMemoryRecordLog log, Shuffle shuffle, StreamPosition from) {
    return steps(log, shuffle, from, 1).stream().flatMap(step -> ids(step).stream()).toList();
  }

  private List<Step> steps(
      InMemoryRecordLog log, Shuffle shuffle, StreamPosition from, int sequences) {
    PackedOwnerData data = data(log, shuffle);
    List<Step> steps = new ArrayList<>();
    @Nullable Step step = data.read(from, sequences);
    while (step != null && !step.microBatches().isEmpty()) {
      steps.add(step);
      step = data.read(step.next(), sequences);
    }
    return steps;
  }

  private static Step read(PackedOwnerData data, StreamPosition position, int sequences) {
    return Objects.requireNonNull(data.read(position, sequences), "starved");
  }

  private static List<Integer> ids(Step step) {
    return step.microBatches().stream().map(batch -> (int) batch.inputs()[0]).toList();
  }

  private PackedOwnerData data(InMemoryRecordLog log, Shuffle shuffle) {
    return data(log, Packing.none(4), shuffle);
  }

  private PackedOwnerData data(InMemoryRecordLog log, Packing packing, Shuffle shuffle) {
    return new PackedOwnerData(
        log, rejected, new DocumentEncoder(VOCABULARY_SIZE, null), packing, shuffle, 1, null);
  }

  private static InMemoryRecordLog log(int documents) {
    InMemoryRecordLog log = new InMemoryRecordLog(1);
    IntStream.range(0, documents).forEach(i -> log.append(0, document(i)));
    return log;
  }

  /** Two tokens, of which the first names it. */
  private static byte[] document(int id) {
    return "{\"tokens\": [%d, 1]}".formatted(id).getBytes(UTF_8);
  }
}
