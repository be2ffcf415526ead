package dev.titanic.job.config;

import static dev.titanic.job.config.Bounds.atLeast;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.titanic.protocol.Turns;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the owners take turns, or train at once.
 *
 * @param rounds turns of every owner; of owners at once, rounds of all of them
 * @param stepsPerTurn null when turns are counted in epochs
 * @param epochsPerTurn whole passes over what the topic holds when the turn begins, or a part of
 *     those that all turns share; null when turns are counted in steps
 */
public record TurnsConfig(
    FirstPartition firstPartition,
    @JsonUnwrapped AtOnceConfig atOnce,
    int rounds,
    @Nullable Integer stepsPerTurn,
    @Nullable BigDecimal epochsPerTurn)
    implements Serializable {
  static final int DEFAULT_STEPS = 100;

  public TurnsConfig {
    atLeast(1, rounds, "rounds");
    if ((stepsPerTurn == null) == (epochsPerTurn == null)) {
      throw new IllegalArgumentException(
          "a turn of %s steps or %s epochs".formatted(stepsPerTurn, epochsPerTurn));
    }
    if (stepsPerTurn != null) {
      atLeast(1, stepsPerTurn, "stepsPerTurn");
    }
    if (epochsPerTurn != null && epochsPerTurn.signum() <= 0) {
      throw new IllegalArgumentException("epochsPerTurn is " + epochsPerTurn);
    }
  }

  /** Turns of so many steps. */
  public static TurnsConfig ofSteps(int rounds, int stepsPerTurn) {
    return new TurnsConfig(
        FirstPartition.MIGRATE, AtOnceConfig.IN_STEPS, rounds, stepsPerTurn, null);
  }

  /** Turns of so many whole epochs. */
  public static TurnsConfig ofEpochs(int rounds, int epochsPerTurn) {
    return ofEpochs(rounds, BigDecimal.valueOf(epochsPerTurn));
  }

  /** Turns of so many epochs, or of a fraction of one. */
  public static TurnsConfig ofEpochs(int rounds, BigDecimal epochsPerTurn) {
    return new TurnsConfig(
        FirstPartition.MIGRATE, AtOnceConfig.IN_EPOCHS, rounds, null, epochsPerTurn);
  }

  /** How often every owner's data is trained on in all rounds; null when nobody can know. */
  public @Nullable BigDecimal passes() {
    if (epochsPerTurn == null) {
      return null;
    }
    BigDecimal passes = epochsPerTurn.multiply(BigDecimal.valueOf(rounds)).stripTrailingZeros();
    return passes.scale() < 0 ? passes.setScale(0) : passes;
  }

  /** The same without masks on what owners at once give to sums. */
  public TurnsConfig unmasked() {
    return new TurnsConfig(firstPartition, atOnce.unmasked(), rounds, stepsPerTurn, epochsPerTurn);
  }

  /**
   * @param owners client ids in the order of their turns
   */
  Turns of(List<String> owners) {
    return new Turns(
        owners,
        stepsPerTurn == null ? 0 : stepsPerTurn,
        epochsPerTurn == null ? BigDecimal.ZERO : epochsPerTurn,
        rounds);
  }
}
