package dev.titanic.job.compare;

import static java.util.stream.Collectors.joining;

import dev.titanic.job.config.InvalidConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.report.ComparisonTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ways in which a configuration can be trained, and the table that they come to. */
public final class Comparison {
  private static final String PERPLEXITY =
      "Perplexity on the evaluation text, after each turn or round.";

  /** Says what the other numbers of a table are. */
  private static final String FIGURES =
      " Sent: activations and gradients as counted, weights and moments of partitions that move,"
          + " aggregations; by every client, not by the server."
          + " Memory: predicted, of what a client hosts.";

  private final JobConfig config;
  private final List<Contestant> contestants = new ArrayList<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  private Comparison(JobConfig config) {
    this.config = config;
  }

  /**
   * Looks which ways are possible.
   *
   * @param hasFiles whether the documents of every owner are here as files
   * @throws InvalidConfig when none is, naming why
   */
  public static Comparison of(JobConfig config, boolean hasFiles)
      throws InvalidConfig, IOException {
    Comparison comparison = new Comparison(config);
    for (Contestant contestant : Contestants.of(config)) {
      Optional<String> refusal =
          contestant.joinsDocuments() && !hasFiles
              ? Optional.of("it needs the documents of several owners in one place; valid: --feed")
              : Refusal.of(contestant.config());
      refusal.ifPresentOrElse(
          reason -> comparison.refused.put(contestant.name(), reason),
          () -> comparison.contestants.add(contestant));
    }
    if (comparison.contestants.isEmpty()) {
      throw new InvalidConfig(comparison.refused.values().stream().distinct().toList());
    }
    return comparison;
  }

  /** The ways that are possible, in the order of the table. */
  public List<Contestant> contestants() {
    return Collections.unmodifiableList(contestants);
  }

  /** Why others are not, by name. */
  public Map<String, String> refused() {
    return Collections.unmodifiableMap(refused);
  }

  /** What has been trained so far. */
  public ComparisonTable table(List<CompletedWay> completed) {
    List<ComparisonTable.Row> rows = new ArrayList<>();
    rows.add(base(completed.get(0).base()));
    completed.forEach(way -> rows.add(way.row()));
    return new ComparisonTable(caption(), rows);
  }

  private static ComparisonTable.Row base(double perplexity) {
    return new ComparisonTable.Row("base", List.of(perplexity), Map.of(), Map.of(), null, null);
  }

  private String caption() {
    return PERPLEXITY + amount() + joined() + FIGURES + impossible();
  }

  private String amount() {
    int rounds = config.training().turns().rounds();
    return " Every way trains as often on every document"
        + (rounds == 1 ? "." : "; FedAvg and concurrent in %d rounds.".formatted(rounds));
  }

  private String joined() {
    String names =
        contestants.stream()
            .filter(Contestant::joinsDocuments)
            .map(Contestant::name)
            .collect(joining("; "));
    return names.isEmpty()
        ? ""
        : " With documents of several owners in one place, which only files make possible: %s."
            .formatted(names);
  }

  private String impossible() {
    return refused.isEmpty()
        ? ""
        : refused.entrySet().stream()
            .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
            .collect(joining("; ", " Not possible here: ", ""));
  }
}
