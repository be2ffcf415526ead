package dev.titanic.job.compare;

import static java.util.stream.Collectors.joining;

import dev.titanic.job.report.ComparisonTable;
import java.util.Collection;
import java.util.Locale;

/** A comparison for a terminal. */
public final class ComparisonText {
  private static final double MEBI = 1 << 20;

  private ComparisonText() {}

  /** A line for each way to train, under one of headings, and what the numbers are. */
  public static String of(ComparisonTable table) {
    String head =
        "%-24s%12s%12s%10s  %s%n"
            .formatted("", "MiB sent", "MiB memory", "seconds", "perplexity after each turn");
    return table.rows().stream()
        .map(ComparisonText::line)
        .collect(
            joining(
                "",
                head,
                "(sent and memory: of the client with most)%n%s%n".formatted(table.caption())));
  }

  private static String line(ComparisonTable.Row row) {
    return String.format(
        Locale.ROOT,
        "%-24s%12s%12s%10s  %s%n",
        row.name(),
        most(row.bytesSent().values()),
        most(row.peakMemoryBytes().values()),
        row.seconds() == null ? "" : format(row.seconds()),
        row.perplexities().stream().map(value -> format("%.3f", value)).collect(joining(" ")));
  }

  private static String most(Collection<Long> bytes) {
    return bytes.stream().max(Long::compare).map(most -> format("%.2f", most / MEBI)).orElse("");
  }

  private static String format(double value) {
    return format("%.1f", value);
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
