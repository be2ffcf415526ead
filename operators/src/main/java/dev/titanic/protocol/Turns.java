package dev.titanic.protocol;

import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.state.Turn;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Whose turn it is: owners train one after the other, for some rounds. A turn has a number of
 * steps, however long their data takes to come; or a number of epochs.
 *
 * <p>Whole epochs are over what the owner's topic holds when the turn begins, and its owner says
 * when they are over. Where turns are a fraction of epochs, all turns of an owner share its passes
 * over what its topic holds when the first of them begins: a turn goes on where the last one ended,
 * in whole steps, until so much of the data is given as all turns so far are due. So what one turn
 * gives too much, the next one gives less.
 *
 * @param owners client ids in the order of their turns
 * @param stepsPerTurn 0 when turns are counted in epochs
 * @param epochsPerTurn a decimal, so that ten times 0.1 is one; 0 when turns are counted in steps
 */
public record Turns(List<String> owners, long stepsPerTurn, BigDecimal epochsPerTurn, int rounds)
    implements Serializable {
  public Turns {
    owners = Collections.unmodifiableList(new ArrayList<>(owners));
    epochsPerTurn = epochsPerTurn.stripTrailingZeros();
    if (owners.isEmpty()
        || stepsPerTurn < 0
        || epochsPerTurn.signum() < 0
        || stepsPerTurn > 0 == epochsPerTurn.signum() > 0
        || rounds < 1) {
      throw new IllegalArgumentException(
          "%d owners, %d steps or %s epochs a turn, %d rounds"
              .formatted(owners.size(), stepsPerTurn, epochsPerTurn, rounds));
    }
  }

  public static Turns ofSteps(List<String> owners, long stepsPerTurn, int rounds) {
    return new Turns(owners, stepsPerTurn, BigDecimal.ZERO, rounds);
  }

  public static Turns ofEpochs(List<String> owners, BigDecimal epochsPerTurn, int rounds) {
    return new Turns(owners, 0, epochsPerTurn, rounds);
  }

  /** Whether turns are counted in epochs. */
  boolean inEpochs() {
    return epochsPerTurn.signum() > 0;
  }

  /** Whether an owner's data is bounded once for all its turns, and not with each of them. */
  boolean sharePasses() {
    return epochsPerTurn.scale() > 0;
  }

  private long count() {
    return (long) owners.size() * rounds;
  }

  /** Steps of the whole run; with epochs, only its end tells. */
  public OptionalLong steps() {
    return stepsPerTurn > 0 ? OptionalLong.of(stepsPerTurn * count()) : OptionalLong.empty();
  }

  /** Whether all turns are over. */
  boolean areOver(Turn turn) {
    return turn.number() >= count();
  }

  /** Owner of a turn; when all are over, of the last one. */
  String ownerOf(Turn turn) {
    return ownerOf(Math.min(turn.number(), count() - 1));
  }

  private String ownerOf(long number) {
    return owners.get((int) (number % owners.size()));
  }

  /** Owner of the turn that has just ended, or else of the one that runs. */
  String lastOwner(Turn turn) {
    return isNew(turn) ? ownerOf(turn.number() - 1) : ownerOf(turn);
  }

  /**
   * How far the run is after one more step.
   *
   * @param next where the owner stands behind it; of several at once, all of them
   * @param amounts sequences that each owner has for an epoch, where that was counted
   */
  Turn afterStep(Turn turn, Map<String, StreamPosition> next, Map<String, Long> amounts) {
    boolean ends = inEpochs() ? areThrough(turn, next, amounts) : turn.steps() + 1 >= stepsPerTurn;
    return ends ? turn.next() : turn.stepped();
  }

  /** How far the run is after data that was passed over. */
  Turn afterSkip(Turn turn, Map<String, StreamPosition> next, Map<String, Long> amounts) {
    return inEpochs() && areThrough(turn, next, amounts) ? turn.next() : turn;
  }

  private boolean areThrough(
      Turn turn, Map<String, StreamPosition> next, Map<String, Long> amounts) {
    return next.entrySet().stream()
        .allMatch(
            owner -> isThrough(turn, owner.getValue(), amounts.getOrDefault(owner.getKey(), 0L)));
  }

  /**
   * Whether an owner has given what is due by the end of a turn of epochs.
   *
   * @param amount sequences that it has for an epoch, where turns share passes
   */
  boolean isThrough(Turn turn, StreamPosition at, long amount) {
    StreamPosition.Passes passes = at.passes();
    return passes != null
        && (at.isOver() || sharePasses() && !isBehind(passes.given(), turn, amount));
  }

  private boolean isBehind(long given, Turn turn, long amount) {
    BigDecimal due = epochs(1 + turn.number() / owners.size()).multiply(BigDecimal.valueOf(amount));
    return BigDecimal.valueOf(given).compareTo(due) < 0;
  }

  /** Epochs of so many turns of one owner. */
  private BigDecimal epochs(long turns) {
    return epochsPerTurn.multiply(BigDecimal.valueOf(turns));
  }

  /** Whether the last step that was committed ended a turn. */
  boolean isNew(Turn turn) {
    return turn.number() > 0 && turn.steps() == 0;
  }

  /**
   * Where the owner of a turn reads, having been at {@code before} in this turn or an earlier one.
   */
  StreamPosition position(StreamPosition before) {
    boolean isBounded = before.passes() != null;
    if (!inEpochs()) {
      return isBounded ? StreamPosition.BEGINNING : before;
    }
    boolean goesOn = isBounded && (sharePasses() || !before.isOver());
    return goesOn ? before : before.again(passes());
  }

  /** How often an owner's data is read once it is bounded, or as often as can be counted. */
  private int passes() {
    BigDecimal epochs = sharePasses() ? epochs(rounds) : epochsPerTurn;
    BigDecimal most = BigDecimal.valueOf(Integer.MAX_VALUE);
    return epochs.setScale(0, RoundingMode.CEILING).min(most).intValueExact();
  }

  /**
   * What the last of {@code step} committed steps was the end of: {@code start}, {@code turn 1 of
   * alice}, or just a {@code step}.
   */
  String describe(Turn turn, long step) {
    if (step == 0) {
      return "start";
    }
    long round = 1 + (turn.number() - 1) / owners.size();
    return isNew(turn) ? "turn %d of %s".formatted(round, lastOwner(turn)) : "step";
  }

  /**
   * Steps that are left. With epochs this is a guess: turns are taken for as long as those that are
   * over were on average, and the first one for as long again as it is.
   *
   * @param step number of committed steps
   */
  long remaining(Turn turn, long step) {
    if (stepsPerTurn > 0) {
      return Math.max(0, stepsPerTurn * count() - step);
    }
    long perTurn = turn.number() == 0 ? 2 * turn.steps() : (step - turn.steps()) / turn.number();
    long behind = Math.max(0, count() - turn.number() - 1);
    return areOver(turn) ? 0 : perTurn * behind + Math.max(0, perTurn - turn.steps());
  }
}
