package dev.titanic.job.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.schemas.kafka.ProgressRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunHistoryBuilderTest {
  private final RunHistoryBuilder builder = new RunHistoryBuilder();

  @Test
  void tellsARunOfTwoOwnersFromItsLines() {
    GoldenProgress.LINES.forEach(this::add);

    RunHistory run = builder.build(null, false);

    assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
    assertThat(run.totals()).isEqualTo(new Totals(4, 4000, 12.5, 2.0, 2, 1, 3));
    assertThat(run.curves().loss())
        .extracting(Curve::name, Curve::steps, Curve::means)
        .containsExactly(
            tuple("alice", List.of(1L, 2L), List.of(3.5, 3.25)),
            tuple("bob", List.of(3L, 4L), List.of(3.0, 2.75)));
    assertThat(run.curves().together().steps()).isEmpty();
    assertThat(run.curves().evaluations().steps()).containsExactly(0L, 2L, 4L);
    assertThat(run.curves().learningRate().means()).containsExactly(0.001, 0.002, 0.003, 0.004);
    assertThat(run.curves().tokensPerSecond().means()).containsOnly(2000.0);
    assertThat(run.evaluations().rows())
        .extracting(ProgressRecord.Evaluation::after)
        .containsExactly("base", "turn 1 of alice", "turn 1 of bob");
  }

  @Test
  void drawsACurveOfEachOfSeveralOwnersAtOnceAndOfAllTogether() {
    add(GoldenProgress.stepOfTwo(1, 5, 3.5));
    add(GoldenProgress.stepOfTwo(2, 4, 2.5));

    Curves curves = builder.build(null, true).curves();

    assertThat(curves.loss())
        .extracting(Curve::name, Curve::means)
        .containsExactly(tuple("alice", List.of(5.0, 4.0)), tuple("bob", List.of(3.5, 2.5)));
    assertThat(curves.together().means()).containsExactly(4.0, 3.0);
  }

  @Test
  void tellsTheFirstPartitionsOfOwnersAtOnceApart() {
    add(GoldenProgress.stepOfTwo(1, 5, 3.5));
    add(GoldenProgress.stepOfTwo(2, 4, 2.5));

    RunHistory run = builder.build(null, true);

    assertThat(run.partitions())
        .extracting(PartitionTotals::name, PartitionTotals::client, PartitionTotals::bytesSent)
        .containsExactly(
            tuple("owner", "alice", 2048L),
            tuple("owner", "bob", 4096L),
            tuple("stage-1", "carol", 6144L));
    assertThat(run.curves().computing())
        .extracting(Curve::name, Curve::means)
        .containsExactly(
            tuple("owner alice", List.of(0.1, 0.1)),
            tuple("owner bob", List.of(0.2, 0.2)),
            tuple("stage-1", List.of(0.3, 0.3)));
    assertThat(run.curves().waiting())
        .extracting(Curve::name)
        .containsExactly("owner alice", "owner bob", "stage-1");
  }

  @Test
  void sumsWhatEveryHostOfAPartitionDid() {
    GoldenProgress.LINES.forEach(this::add);

    RunHistory run = builder.build(null, false);

    assertThat(run.partitions())
        .extracting(PartitionTotals::name, PartitionTotals::client, PartitionTotals::steps)
        .containsExactly(
            tuple("owner", "alice", 2L),
            tuple("owner", "bob", 2L),
            tuple("stage-1", "carol", 2L),
            tuple("stage-1", "dave", 2L));
    PartitionTotals carol = run.partitions().get(2);
    assertThat(carol.forwardSeconds()).isCloseTo(0.2, within(1e-12));
    assertThat(carol.backwardSeconds()).isCloseTo(0.4, within(1e-12));
    assertThat(carol.waitingSeconds()).isCloseTo(0.2, within(1e-12));
    assertThat(carol.bytesSent()).isEqualTo(2048);
    assertThat(run.curves().waiting().get(1).means()).containsOnly(0.25);
    assertThat(run.curves().computing().get(1).means()).containsOnly(0.3);
  }

  @Test
  void namesWhatAPlacementMoved() {
    GoldenProgress.LINES.forEach(this::add);

    assertThat(builder.build(null, false).placements().rows())
        .extracting(
            PlacementChange::epoch,
            PlacementChange::step,
            PlacementChange::moved,
            PlacementChange::pauseSeconds,
            PlacementChange::bytesMoved)
        .containsExactly(
            tuple(0L, 0L, List.of(), 0.25, null),
            tuple(1L, 2L, List.of("owner", "stage-1"), 0.25, 64L));
  }

  @Test
  void doesNotKnowTheEndOfARunWithoutOne() {
    GoldenProgress.LINES.subList(0, 4).forEach(this::add);

    assertThat(builder.build(null, true).status()).isEqualTo(RunStatus.RUNNING);
    RunHistory unfinished = builder.build(null, false);
    assertThat(unfinished.status()).isEqualTo(RunStatus.UNFINISHED);
    assertThat(unfinished.totals().seconds()).isEqualTo(1);
  }

  @Test
  void aRunThatGoesOnFromItsEndHasNone() {
    GoldenProgress.LINES.forEach(this::add);
    add(GoldenProgress.step(5, "alice", 2.5, "dave"));

    assertThat(builder.build(null, true).status()).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void isEmptyBeforeTheFirstStep() {
    RunHistory run = builder.build(null, true);

    assertThat(run.totals()).isEqualTo(new Totals(0, 0, 0, 0, 0, 0, 0));
    assertThat(run.curves().loss()).isEmpty();
    assertThat(run.curves().learningRate().steps()).isEmpty();
    assertThat(run.partitions()).isEmpty();
  }

  private void add(String line) {
    builder.add(ProgressRecord.fromJson(line.getBytes(StandardCharsets.UTF_8)));
  }
}
