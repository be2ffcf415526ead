package dev.titanic.job.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows: small, however long the run is.
 *
 * @param written when, in ISO 8601
 * @param run a run's curves, times and placements; null where there are only runs to compare
 * @param comparison runs side by side; null where none were compared
 */
record Report(String written, @Nullable RunHistory run, @Nullable ComparisonTable comparison) {

  static Report of(Instant now, @Nullable RunHistory run, @Nullable ComparisonTable comparison) {
    return new Report(now.toString(), run, comparison);
  }

  /** Whether there will be more to tell. */
  boolean isOngoing() {
    return run != null && run.status() == RunStatus.RUNNING;
  }

  /** Of the page. */
  String title() {
    if (run == null) {
      return "Comparison";
    }
    RunConfiguration configuration = run.configuration();
    return configuration == null ? "Training run" : configuration.modelName();
  }
}
