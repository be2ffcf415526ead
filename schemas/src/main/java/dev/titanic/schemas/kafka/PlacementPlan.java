package dev.titanic.schemas.kafka;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One decision of the placement: a value of {@code titanic.placements}.
 *
 * @param epoch number of the placement that is decided for, from 0; with {@link Choice#MOVE} the
 *     next one, if the coordinator follows
 * @param step committed steps when it was made
 * @param decision whether partitions are to move
 * @param assignment partition name ({@code "owner"}, {@code "stage-1"}, …) to client id
 * @param objective value of the solver's objective
 * @param stepSeconds predicted time of a step on the hosts that were
 * @param bestStepSeconds predicted time of a step on the best hosts that the solver found
 * @param solveSeconds time the solver took
 * @param reason for people
 * @param bytesMoved weights and moments that change their host
 */
public record PlacementPlan(
    long epoch,
    long step,
    Choice decision,
    Map<String, String> assignment,
    double objective,
    double stepSeconds,
    double bestStepSeconds,
    double solveSeconds,
    String reason,
    long bytesMoved) {

  /** What can be decided. */
  public enum Choice {
    /** Partitions are to move. */
    @JsonProperty("move")
    MOVE,
    /** Everything stays where it is. */
    @JsonProperty("stay")
    STAY
  }

  public PlacementPlan {
    Checks.notNegative("epoch", epoch);
    Checks.notNegative("step", step);
    Checks.finite("objective", objective);
    Checks.notNegative("stepSeconds", stepSeconds);
    Checks.notNegative("bestStepSeconds", bestStepSeconds);
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
