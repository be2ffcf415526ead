package dev.titanic.placement;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/**
 * Seconds that one hidden state takes one way between two clients: measured there and back, or
 * predicted from bandwidth. Pairs that were never measured are as much slower or faster than
 * predicted, as the others are.
 */
final class LinkEstimates {
  private record Pair(String one, String other) {
    static Pair of(String a, String b) {
      return a.compareTo(b) < 0 ? new Pair(a, b) : new Pair(b, a);
    }
  }

  private final Map<Pair, SmoothedValue> seconds = new HashMap<>();

  void add(String from, String to, double measured) {
    seconds.computeIfAbsent(Pair.of(from, to), pair -> new SmoothedValue()).add(measured);
  }

  void forget(String client) {
    seconds.keySet().removeIf(pair -> pair.one().equals(client) || pair.other().equals(client));
  }

  /**
   * @param predicted seconds between two clients, above 0
   */
  ToDoubleBiFunction<String, String> estimates(ToDoubleBiFunction<String, String> predicted) {
    double[] ratios =
        seconds.entrySet().stream()
            .mapToDouble(
                entry ->
                    entry.getValue().value()
                        / predicted.applyAsDouble(entry.getKey().one(), entry.getKey().other()))
            .toArray();
    double ratio = ratios.length == 0 ? 1 : SmoothedValue.median(ratios);
    return (from, to) -> {
      SmoothedValue known = seconds.get(Pair.of(from, to));
      return known == null ? predicted.applyAsDouble(from, to) * ratio : known.value();
    };
  }
}
