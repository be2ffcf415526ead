package dev.titanic.protocol;

import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.state.Turn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * Whose turn it is: owners train one after the other, for some rounds. A turn has a number of
 * steps, however long their data takes to come; or it is a number of epochs over what the owner's
 * topic holds when the turn begins, and its owner says when it is over.
 *
 * @param owners client ids in the order of their turns
 * @param stepsPerTurn 0 when turns are counted in epochs
 * @param epochsPerTurn 0 when turns are counted in steps
 */
public record Turns(List<String> owners, long stepsPerTurn, int epochsPerTurn, int rounds)
    implements Serializable {
  public Turns {
    owners = Collections.unmodifiableList(new ArrayList<>(owners));
    if (owners.isEmpty()
        || stepsPerTurn < 0
        || epochsPerTurn < 0
        || stepsPerTurn > 0 == epochsPerTurn > 0
        || rounds < 1) {
      throw new IllegalArgumentException(
          "%d owners, %d steps or %d epochs a turn, %d rounds"
              .formatted(owners.size(), stepsPerTurn, epochsPerTurn, rounds));
    }
  }

  public static Turns ofSteps(List<String> owners, long stepsPerTurn, int rounds) {
    return new Turns(owners, stepsPerTurn, 0, rounds);
  }

  public static Turns ofEpochs(List<String> owners, int epochsPerTurn, int rounds) {
    return new Turns(owners, 0, epochsPerTurn, rounds);
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
   */
  Turn afterStep(Turn turn, Collection<StreamPosition> next) {
    boolean ends = stepsPerTurn > 0 ? turn.steps() + 1 >= stepsPerTurn : areOver(next);
    return ends ? turn.next() : turn.stepped();
  }

  /** How far the run is after data that was passed over. */
  Turn afterSkip(Turn turn, Collection<StreamPosition> next) {
    return epochsPerTurn > 0 && areOver(next) ? turn.next() : turn;
  }

  private static boolean areOver(Collection<StreamPosition> positions) {
    return positions.stream().allMatch(StreamPosition::isOver);
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
    if (epochsPerTurn > 0) {
      return isBounded && !before.isOver() ? before : before.again(epochsPerTurn);
    }
    return isBounded ? StreamPosition.BEGINNING : before;
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
