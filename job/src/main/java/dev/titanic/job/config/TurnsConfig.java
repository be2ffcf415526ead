package dev.titanic.job.config;

import static dev.titanic.job.config.Bounds.atLeast;

import java.io.Serializable;

/**
 * How the owners take turns.
 *
 * @param rounds turns of every owner
 */
public record TurnsConfig(FirstPartition firstPartition, int rounds, int stepsPerTurn)
    implements Serializable {
  public TurnsConfig {
    atLeast(1, rounds, "rounds");
    atLeast(1, stepsPerTurn, "stepsPerTurn");
  }

  /** Turns of so many steps. */
  public static TurnsConfig ofSteps(int rounds, int stepsPerTurn) {
    return new TurnsConfig(FirstPartition.MIGRATE, rounds, stepsPerTurn);
  }
}
