package dev.titanic.job.report;

import java.util.List;

/**
 * Of many rows the first one and the latest ones.
 *
 * @param omitted how many are left out after the first
 */
record Excerpt<T>(List<T> rows, long omitted) {
  Excerpt {
    rows = List.copyOf(rows);
  }
}
