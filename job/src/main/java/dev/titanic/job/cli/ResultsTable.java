package dev.titanic.job.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Models side by side, for a terminal. */
final class ResultsTable {
  private ResultsTable() {}

  /**
   * @param loss mean cross entropy in nats
   * @param seconds that it took; null when that says nothing
   */
  record Row(String name, double loss, @Nullable Double seconds) {
    double perplexity() {
      return Math.exp(loss);
    }
  }

  /** One line for each row, and one for the names of the columns. */
  static String of(List<Row> rows) {
    int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    StringBuilder table = new StringBuilder();
    table.append(
        ("%-" + Math.max(1, width) + "s %12s %9s %9s%n")
            .formatted("", "perplexity", "loss", "seconds"));
    for (Row row : rows) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-" + Math.max(1, width) + "s %12.3f %9.4f %9s%n",
              row.name(),
              row.perplexity(),
              row.loss(),
              seconds(row)));
    }
    return table.toString();
  }

  private static String seconds(Row row) {
    return row.seconds() == null ? "" : String.format(Locale.ROOT, "%.1f", row.seconds());
  }
}
