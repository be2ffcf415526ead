package dev.titanic.job.report;

import dev.titanic.schemas.kafka.ProgressRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run from its first step to its latest.
 *
 * @param configuration null where there is no {@code run.yaml}
 * @param partitions what the run took every partition on every client that hosted it, in the order
 *     of the model; empty when nobody measured
 */
record RunHistory(
    RunStatus status,
    @Nullable RunConfiguration configuration,
    Totals totals,
    Curves curves,
    Excerpt<ProgressRecord.Evaluation> evaluations,
    List<PartitionTotals> partitions,
    Excerpt<PlacementChange> placements) {
  RunHistory {
    partitions = List.copyOf(partitions);
  }
}
