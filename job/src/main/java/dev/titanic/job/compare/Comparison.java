package dev.titanic.job.compare;

import static java.util.stream.Collectors.joining;

import dev.titanic.job.report.ComparisonTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trains all contestants, one after the other. */
public final class Comparison {

  /** Says what all numbers of a table are. */
  static final String LEGEND =
      "Perplexity on the evaluation text, after each turn or round. Centralized has the documents of"
          + " all owners, in their order: possible only because the files are given."
          + " Sent: activations and gradients as counted, weights and moments of partitions that move,"
          + " aggregations; by every client, not by the server."
          + " Memory: predicted, of what a client hosts.";

  private Comparison() {}

  /** Trains one contestant, and returns when its run has finished. */
  @FunctionalInterface
  public interface Training {
    void train(Contestant contestant) throws Exception;
  }

  /**
   * Trains every contestant that can be trained.
   *
   * @throws IOException when none can
   */
  public static ComparisonTable run(List<Contestant> contestants, Training training)
      throws Exception {
    Map<String, String> refused = new LinkedHashMap<>();
    List<ComparisonTable.Row> rows = new ArrayList<>();
    for (Contestant contestant : contestants) {
      Optional<String> refusal = Refusal.of(contestant.config());
      if (refusal.isPresent()) {
        refused.put(contestant.name(), refusal.get());
        continue;
      }
      training.train(contestant);
      CompletedWay completed = CompletedWay.read(contestant);
      if (rows.isEmpty()) {
        rows.add(base(completed.base()));
      }
      rows.add(completed.row());
    }
    if (rows.isEmpty()) {
      throw new IOException("nothing can be trained: " + text(refused));
    }
    return new ComparisonTable(
        refused.isEmpty() ? LEGEND : LEGEND + " Not possible here: " + text(refused), rows);
  }

  private static ComparisonTable.Row base(double perplexity) {
    return new ComparisonTable.Row("base", List.of(perplexity), Map.of(), Map.of(), null, null);
  }

  private static String text(Map<String, String> refused) {
    return refused.entrySet().stream()
        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
        .collect(joining("; "));
  }
}
