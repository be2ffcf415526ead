package dev.titanic.job.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the first row and the latest ones. */
final class ExcerptBuilder<T> {
  /** Rows beside the first, at most. */
  static final int LATEST = 200;

  private final Deque<T> latest = new ArrayDeque<>();
  private @Nullable T first;
  private long omitted;

  void add(T row) {
    if (first == null) {
      first = row;
      return;
    }
    latest.add(row);
    if (latest.size() > LATEST) {
      latest.remove();
      omitted++;
    }
  }

  Excerpt<T> build() {
    List<T> rows = new ArrayList<>();
    if (first != null) {
      rows.add(first);
    }
    rows.addAll(latest);
    return new Excerpt<>(rows, omitted);
  }
}
