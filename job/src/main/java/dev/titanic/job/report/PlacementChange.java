package dev.titanic.job.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A placement, and how it differs from the one before.
 *
 * @param step committed steps when it began to hold
 * @param assignment partition name to client id, in the order of the model
 * @param moved names of the partitions that another client hosted before
 */
record PlacementChange(
    long epoch, long step, Map<String, String> assignment, List<String> moved, String reason) {
  PlacementChange {
    assignment = Collections.unmodifiableMap(new LinkedHashMap<>(assignment));
    moved = List.copyOf(moved);
  }
}
