package dev.titanic.job.compare;

import static java.util.stream.Collectors.joining;

import dev.titanic.job.report.ComparisonTable;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A comparison for a terminal. */
public final class ComparisonText {
  private static final String LINE = "%-30s%11s%10s%12s%9s  %s";
  private static final String NOTE =
      "Sent and memory are those of the client with most; the report shows every client's. ";
  private static final int COLUMNS = 100;
  private static final double MEBI = 1 << 20;

  private ComparisonText() {}

  /** A line for each way to train, under two of headings, and what the numbers are. */
  public static String of(ComparisonTable table) {
    String head =
        line("", "perplexity", "MiB sent", "MiB memory", "seconds", "after each turn or round")
            + line("", "", "", "(predicted)", "", "");
    return table.rows().stream()
        .map(ComparisonText::line)
        .collect(joining("", head, wrapped(NOTE + table.caption())));
  }

  private static String line(ComparisonTable.Row row) {
    List<Double> perplexities = row.perplexities();
    return line(
        row.name(),
        format("%.3f", perplexities.get(perplexities.size() - 1)),
        most(row.bytesSent().values()),
        most(row.peakMemoryBytes().values()),
        row.seconds() == null ? "" : format("%.1f", row.seconds()),
        perplexities.size() == 1
            ? ""
            : perplexities.stream().map(value -> format("%.3f", value)).collect(joining(" ")));
  }

  private static String line(Object... cells) {
    return LINE.formatted(cells).stripTrailing() + System.lineSeparator();
  }

  private static String most(Collection<Long> bytes) {
    return bytes.stream().max(Long::compare).map(most -> format("%.2f", most / MEBI)).orElse("");
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String wrapped(String text) {
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > COLUMNS) {
        wrapped.append(System.lineSeparator());
        column = 0;
      }
      wrapped.append(column == 0 ? "" : " ").append(word);
      column += (column == 0 ? 0 : 1) + word.length();
    }
    return wrapped.append(System.lineSeparator()).toString();
  }
}
