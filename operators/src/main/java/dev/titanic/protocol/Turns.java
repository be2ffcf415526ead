package dev.titanic.protocol;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Whose turn it is: owners train one after the other, each for a number of steps, for some rounds.
 *
 * @param owners client ids in the order of their turns
 */
public record Turns(List<String> owners, long stepsPerTurn, int rounds) implements Serializable {
  public Turns {
    owners = Collections.unmodifiableList(new ArrayList<>(owners));
    if (owners.isEmpty() || stepsPerTurn < 1 || rounds < 1) {
      throw new IllegalArgumentException(
          "%d owners, %d steps a turn, %d rounds".formatted(owners.size(), stepsPerTurn, rounds));
    }
  }

  public long steps() {
    return stepsPerTurn * owners.size() * rounds;
  }

  /** Owner of a step, from 0; behind the last step, the owner of the last one. */
  public String ownerOf(long step) {
    long turn = Math.min(step, steps() - 1) / stepsPerTurn;
    return owners.get((int) (turn % owners.size()));
  }

  /**
   * What so many committed steps end: {@code start}, {@code turn 1 of alice}, or a {@code step}.
   */
  String describe(long step) {
    if (step == 0) {
      return "start";
    }
    long round = 1 + (step - 1) / (stepsPerTurn * owners.size());
    return endsAfter(step) ? "turn %d of %s".formatted(round, ownerOf(step - 1)) : "step";
  }

  /** Whether a turn is over when this many steps are committed. */
  public boolean endsAfter(long step) {
    return step > 0 && step % stepsPerTurn == 0;
  }
}
