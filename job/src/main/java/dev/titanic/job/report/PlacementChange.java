package dev.titanic.job.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A placement, and how it differs from the one before.
 *
 * @param step committed steps when it began to hold
 * @param assignment partition name to client id, in the order of the model
 * @param moved names of the partitions that another client hosted before
 * @param pauseSeconds that training stood still for it
 * @param objective of the solver, in its own unit; null, as the next two, when none proposed it
 * @param solveSeconds that the solver took
 * @param bytesMoved trained states
 */
record PlacementChange(
    long epoch,
    long step,
    Map<String, String> assignment,
    List<String> moved,
    String reason,
    double pauseSeconds,
    @Nullable Double objective,
    @Nullable Double solveSeconds,
    @Nullable Long bytesMoved) {
  PlacementChange {
    assignment = Collections.unmodifiableMap(new LinkedHashMap<>(assignment));
    moved = List.copyOf(moved);
  }
}
