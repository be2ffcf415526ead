package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.StreamPosition.Cursor;
import dev.titanic.schemas.edge.StreamPosition.Passes;
import dev.titanic.schemas.edge.StreamPosition.Window;
import dev.titanic.schemas.state.Turn;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TurnsTest {
  private static final List<String> OWNERS = List.of("alice", "bob");
  private static final StreamPosition READING =
      new StreamPosition(List.of(new Cursor(7, 3)), 0, new Window(4, 9, 1, 2), null);

  private final Turns steps = Turns.ofSteps(OWNERS, 2, 2);
  private final Turns epochs = Turns.ofEpochs(OWNERS, new BigDecimal(3), 2);
  private final Turns parts = Turns.ofEpochs(OWNERS, new BigDecimal("0.40"), 4);

  @Test
  void ownersTakeTurnsForSomeRounds() {
    assertThat(steps.steps()).hasValue(8);
    assertThat(turns().limit(8).map(steps::ownerOf))
        .containsExactly("alice", "alice", "bob", "bob", "alice", "alice", "bob", "bob");
    assertThat(turns().limit(9).filter(steps::areOver)).containsExactly(new Turn(4, 0));
  }

  private Stream<Turn> turns() {
    return Stream.iterate(Turn.FIRST, turn -> steps.afterStep(turn, of(READING), Map.of()));
  }

  @Test
  void theLastOwnerStaysTheOwner() {
    assertThat(steps.ownerOf(new Turn(4, 0))).isEqualTo("bob");
  }

  @Test
  void whatATurnEndedWithIsItsOwners() {
    assertThat(steps.lastOwner(Turn.FIRST)).isEqualTo("alice");
    assertThat(steps.lastOwner(new Turn(1, 0))).isEqualTo("alice");
    assertThat(steps.lastOwner(new Turn(1, 1))).isEqualTo("bob");
    assertThat(steps.lastOwner(new Turn(4, 0))).isEqualTo("bob");
  }

  @Test
  void aTurnOfEpochsIsOverWithItsData() {
    assertThat(epochs.steps()).isEmpty();
    assertThat(epochs.afterStep(new Turn(1, 1_000), of(within(1)), Map.of()))
        .isEqualTo(new Turn(1, 1_001));
    assertThat(epochs.afterStep(new Turn(1, 1_000), of(within(0)), Map.of()))
        .isEqualTo(new Turn(2, 0));
    assertThat(epochs.afterSkip(new Turn(1, 1_000), of(within(1)), Map.of()))
        .isEqualTo(new Turn(1, 1_000));
    assertThat(epochs.afterSkip(new Turn(1, 1_000), of(within(0)), Map.of()))
        .isEqualTo(new Turn(2, 0));
  }

  @Test
  void skippedDataEndsNoTurnOfSteps() {
    assertThat(steps.afterSkip(new Turn(1, 1), of(READING), Map.of())).isEqualTo(new Turn(1, 1));
  }

  @Test
  void namesWhatCameBefore() {
    assertThat(steps.describe(Turn.FIRST, 0)).isEqualTo("start");
    assertThat(steps.describe(new Turn(0, 1), 1)).isEqualTo("step");
    assertThat(steps.describe(new Turn(1, 0), 2)).isEqualTo("turn 1 of alice");
    assertThat(steps.describe(new Turn(2, 0), 4)).isEqualTo("turn 1 of bob");
    assertThat(steps.describe(new Turn(3, 0), 6)).isEqualTo("turn 2 of alice");
    assertThat(steps.describe(new Turn(4, 0), 8)).isEqualTo("turn 2 of bob");
  }

  @Test
  void turnsOfStepsReadOn() {
    assertThat(steps.position(READING)).isEqualTo(READING);
    assertThat(steps.position(READING.again(1))).isEqualTo(StreamPosition.BEGINNING);
  }

  @Test
  void turnsOfEpochsBeginAgain() {
    StreamPosition fresh = epochs.position(READING);
    assertThat(fresh)
        .isEqualTo(
            new StreamPosition(List.of(), 0, new Window(5, 0, 0, 0), new Passes(3, List.of(), 0)));

    assertThat(epochs.position(within(1))).isEqualTo(within(1));
    assertThat(epochs.position(within(0))).isEqualTo(fresh);
  }

  private static StreamPosition within(int passesLeft) {
    return within(passesLeft, 7);
  }

  private static StreamPosition within(int passesLeft, long given) {
    return new StreamPosition(
        READING.cursors(), 0, READING.window(), new Passes(passesLeft, List.of(9L), given));
  }

  private static Map<String, StreamPosition> of(StreamPosition position) {
    return Map.of("alice", position);
  }

  @Test
  void turnsOfAFractionShareTheirPasses() {
    StreamPosition fresh = parts.position(READING);
    assertThat(fresh.passes()).isEqualTo(new Passes(2, List.of(), 0)); // 1.6

    assertThat(parts.position(within(1))).isEqualTo(within(1));
    assertThat(parts.position(within(0))).isEqualTo(within(0));
  }

  @Test
  void aTurnOfAFractionIsOverWithWhatAllSoFarAreDue() {
    Map<String, Long> amounts = Map.of("alice", 9L);
    Turn second = new Turn(2, 5); // alice's: 7.2 sequences are due

    assertThat(parts.afterStep(second, of(within(1, 7)), amounts)).isEqualTo(new Turn(2, 6));
    assertThat(parts.afterStep(second, of(within(1, 8)), amounts)).isEqualTo(new Turn(3, 0));
    assertThat(parts.afterSkip(second, of(within(1, 7)), amounts)).isEqualTo(second);
    assertThat(parts.afterSkip(second, of(within(1, 8)), amounts)).isEqualTo(new Turn(3, 0));
    assertThat(parts.afterSkip(second, of(within(0, 7)), amounts)).isEqualTo(new Turn(3, 0));
  }

  @Test
  void whatOneTurnGivesTooMuchTheNextOnesGiveLess() {
    assertThat(parts.isThrough(new Turn(2, 0), within(1, 11), 9)).isTrue();
    assertThat(parts.isThrough(new Turn(4, 0), within(1, 11), 9)).isTrue(); // 10.8
    assertThat(parts.isThrough(new Turn(6, 0), within(1, 11), 9)).isFalse(); // 14.4
  }

  @Test
  void whoHasNoDataIsThroughAtOnce() {
    assertThat(parts.isThrough(Turn.FIRST, within(2, 0), 0)).isTrue();
    assertThat(parts.isThrough(Turn.FIRST, READING, 0)).isFalse(); // not bounded yet
  }

  @Test
  void tenTenthsAreOnePass() {
    Turns tenths = Turns.ofEpochs(OWNERS, new BigDecimal("0.1"), 10);
    Turn last = new Turn(18, 0);

    assertThat(tenths.position(StreamPosition.BEGINNING).passes())
        .isEqualTo(new Passes(1, List.of(), 0));
    assertThat(tenths.isThrough(last, within(1, 1_000_000_006), 1_000_000_007)).isFalse();
    assertThat(tenths.isThrough(last, within(1, 1_000_000_007), 1_000_000_007)).isTrue();
  }

  @Test
  void wholeNumbersAreWholeHoweverTheyAreWritten() {
    Turns written = Turns.ofEpochs(OWNERS, new BigDecimal("3.00"), 2);

    assertThat(written).isEqualTo(epochs);
    assertThat(written.sharePasses()).isFalse();
    assertThat(Turns.ofEpochs(OWNERS, new BigDecimal("20"), 1).sharePasses()).isFalse();
    assertThat(parts.sharePasses()).isTrue();
    assertThat(steps.sharePasses()).isFalse();
  }

  @Test
  void guessesWhatIsLeftOfTurnsOfEpochs() {
    assertThat(steps.remaining(new Turn(1, 1), 3)).isEqualTo(5);
    assertThat(epochs.remaining(new Turn(0, 5), 5)).isEqualTo(5 + 3 * 10);
    assertThat(epochs.remaining(new Turn(2, 4), 24)).isEqualTo(6 + 10);
    assertThat(epochs.remaining(new Turn(2, 14), 34)).isEqualTo(10);
    assertThat(epochs.remaining(new Turn(4, 0), 40)).isZero();
  }

  @Test
  void refusesNobodyAndNothing() {
    assertThatThrownBy(() -> Turns.ofSteps(List.of(), 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Turns.ofSteps(OWNERS, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Turns(OWNERS, 1, BigDecimal.ONE, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRoundOfOwnersAtOnceIsOverWhenTheDataOfAllIs() {
    Turns rounds = Turns.ofEpochs(List.of("alice"), BigDecimal.ONE, 2);

    assertThat(rounds.afterStep(Turn.FIRST, both(within(0), within(1)), Map.of()))
        .isEqualTo(new Turn(0, 1));
    assertThat(rounds.afterStep(Turn.FIRST, both(within(0), within(0)), Map.of()))
        .isEqualTo(new Turn(1, 0));
  }

  @Test
  void aRoundOfAFractionIsOverWhenAllHaveGivenTheirs() {
    Turns rounds = Turns.ofEpochs(List.of("alice"), new BigDecimal("0.5"), 2);
    Map<String, Long> amounts = Map.of("alice", 10L, "bob", 20L);

    assertThat(rounds.afterStep(Turn.FIRST, both(within(1, 6), within(1, 9)), amounts))
        .isEqualTo(new Turn(0, 1));
    assertThat(rounds.afterStep(Turn.FIRST, both(within(1, 6), within(1, 10)), amounts))
        .isEqualTo(new Turn(1, 0));
  }

  private static Map<String, StreamPosition> both(StreamPosition alice, StreamPosition bob) {
    return Map.of("alice", alice, "bob", bob);
  }
}
