package dev.titanic.schemas.kafka;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One plan of the placement: a value of {@code titanic.placements}.
 *
 * @param epoch number of the plan, from 0
 * @param step committed steps when it was made
 * @param assignment partition name ({@code "owner"}, {@code "stage-1"}, …) to client id
 * @param objective value of the solver's objective
 * @param solveSeconds time the solver took
 * @param reason why the plan was made
 * @param bytesMoved weights and moments that change their host
 */
public record PlacementPlan(
    long epoch,
    long step,
    Map<String, String> assignment,
    double objective,
    double solveSeconds,
    String reason,
    long bytesMoved) {
  public PlacementPlan {
    Checks.notNegative("epoch", epoch);
    Checks.notNegative("step", step);
    Checks.finite("objective", objective);
    Checks.notNegative("solveSeconds", solveSeconds);
    Checks.present("reason", reason);
    Checks.notNegative("bytesMoved", bytesMoved);
    assignment = Collections.unmodifiableMap(new LinkedHashMap<>(assignment));
  }

  public byte[] toJson() {
    return Json.write(this);
  }

  /** Reads a plan; what is not one fails with an {@link java.io.UncheckedIOException}. */
  public static PlacementPlan fromJson(byte[] json) {
    return Json.read(json, PlacementPlan.class);
  }
}
