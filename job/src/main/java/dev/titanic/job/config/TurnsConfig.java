package dev.titanic.job.config;

import static dev.titanic.job.config.Bounds.atLeast;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.Serializable;

/**
 * How the owners take turns, or train at once.
 *
 * @param rounds turns of every owner; of owners at once, rounds of all of them
 */
public record TurnsConfig(
    FirstPartition firstPartition, @JsonUnwrapped AtOnceConfig atOnce, int rounds, int stepsPerTurn)
    implements Serializable {
  public TurnsConfig {
    atLeast(1, rounds, "rounds");
    atLeast(1, stepsPerTurn, "stepsPerTurn");
  }

  /** Turns of so many steps. */
  public static TurnsConfig ofSteps(int rounds, int stepsPerTurn) {
    return new TurnsConfig(FirstPartition.MIGRATE, AtOnceConfig.DEFAULT, rounds, stepsPerTurn);
  }
}
