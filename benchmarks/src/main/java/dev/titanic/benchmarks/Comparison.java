package dev.titanic.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Lets contenders take turns, A B C A B C, and prints medians and ratios.
 *
 * <p>A ratio is taken within each round, and then the median of the rounds: what else the machine
 * did in that minute has slowed both down.
 */
final class Comparison {
  private static final double MILLIS = 1e3;

  private final PrintStream out;
  private final String unit;
  private final Map<Contender, List<Cost>> costs = new LinkedHashMap<>();

  /**
   * @param unit of work, in the singular
   */
  Comparison(PrintStream out, String unit, List<Contender> contenders) {
    this.out = out;
    this.unit = unit;
    contenders.forEach(contender -> costs.put(contender, new ArrayList<>()));
  }

  /** One more round goes first and does not count: the JVM compiles in it. */
  void run(int rounds) throws Exception {
    for (Contender contender : costs.keySet()) {
      out.printf("warm-up: %s%n", line(contender, List.of(contender.measure())));
    }
    for (int round = 1; round <= rounds; round++) {
      for (Map.Entry<Contender, List<Cost>> entry : costs.entrySet()) {
        Cost cost = entry.getKey().measure();
        entry.getValue().add(cost);
        out.printf("round %d: %s%n", round, line(entry.getKey(), List.of(cost)));
      }
    }
    out.println();
    costs.forEach((contender, own) -> out.println("median:  " + line(contender, own)));
  }

  private String line(Contender contender, List<Cost> own) {
    return "%-14s %8.1f CPU-us/%s, %8.1f us/%s, compilers %6.1f us/%s"
        .formatted(
            contender.name(),
            median(own, Cost::cpuMicros),
            unit,
            median(own, Cost::wallMicros),
            unit,
            median(own, Cost::compilerMicros),
            unit);
  }

  /** Prints by how much more CPU time, and time, the first takes than the second. */
  void printRatio(Contender first, Contender second, String target) {
    out.printf(
        "%s / %s: CPU time %s, time %s (%s)%n",
        first.name(),
        second.name(),
        ratios(first, second, (a, b) -> a.cpuMicros() / b.cpuMicros()),
        ratios(first, second, (a, b) -> a.wallMicros() / b.wallMicros()),
        target);
  }

  /** Median time of all the work of a round, in milliseconds. */
  double wallMillis(Contender contender) {
    return median(costs(contender), cost -> MILLIS * cost.wallSeconds());
  }

  private String ratios(Contender first, Contender second, ToDoubleBiFunction<Cost, Cost> ratio) {
    List<Cost> of = costs(first);
    List<Cost> to = costs(second);
    double[] sorted =
        IntStream.range(0, of.size())
            .mapToDouble(round -> ratio.applyAsDouble(of.get(round), to.get(round)))
            .sorted()
            .toArray();
    return "%.3f [%.3f, %.3f]".formatted(median(sorted), sorted[0], sorted[sorted.length - 1]);
  }

  private List<Cost> costs(Contender contender) {
    return costs.getOrDefault(contender, List.of());
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> value) {
    double[] sorted = costs.stream().mapToDouble(value).toArray();
    Arrays.sort(sorted);
    return median(sorted);
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
