package dev.titanic.job.report;

import dev.titanic.schemas.kafka.ProgressRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects who hosted what from when on. */
final class PlacementHistory {
  private final ExcerptBuilder<PlacementChange> changes = new ExcerptBuilder<>();
  private Map<String, String> before = Map.of();
  private long moves;

  void add(ProgressRecord.Placement placement) {
    List<String> moved = new ArrayList<>();
    placement
        .assignment()
        .forEach(
            (partition, client) -> {
              if (!client.equals(before.getOrDefault(partition, client))) {
                moved.add(partition);
              }
            });
    moves += moved.size();
    before = placement.assignment();
    changes.add(
        new PlacementChange(
            placement.epoch(),
            placement.step(),
            placement.assignment(),
            moved,
            placement.reason(),
            placement.seconds(),
            placement.objective(),
            placement.solveSeconds(),
            placement.bytesMoved()));
  }

  long moves() {
    return moves;
  }

  Excerpt<PlacementChange> changes() {
    return changes.build();
  }
}
