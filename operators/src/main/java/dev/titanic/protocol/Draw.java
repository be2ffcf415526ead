package dev.titanic.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which owner gives which micro-batches of a step. A function of what has been drawn, without
 * chance.
 *
 * @param amounts how much data each owner has for a round, in any unit; empty when all give the
 *     same number of micro-batches
 */
record Draw(Map<String, Long> amounts) {
  /** Micro-batch m of owner j of C has the index {@code m * C + j}. */
  static final Draw EQUAL = new Draw(Map.of());

  Draw {
    amounts = Collections.unmodifiableMap(new TreeMap<>(amounts));
    if (amounts.values().stream().anyMatch(amount -> amount < 0)) {
      throw new IllegalArgumentException("less than no data: " + amounts);
    }
  }

  /**
   * In proportion to the data, so that all come to its end together: each micro-batch is of the
   * owner that is furthest behind its share of all that was drawn in the round.
   */
  static Draw proportionalTo(Map<String, Long> amounts) {
    if (amounts.isEmpty()) {
      throw new IllegalArgumentException("the owners' amounts of data are not known");
    }
    return new Draw(amounts);
  }

  /**
   * Deals the micro-batches of one step.
   *
   * @param microBatches of the step, per owner
   * @param drawn micro-batches that each owner has given in this round
   * @return global indices for each owner, ascending; together they are 0 to {@code microBatches *
   *     owners - 1}
   */
  Map<String, List<Integer>> deal(List<String> owners, int microBatches, Map<String, Long> drawn) {
    Map<String, List<Integer>> dealt = new LinkedHashMap<>();
    owners.forEach(owner -> dealt.put(owner, new ArrayList<>()));
    Map<String, Long> counts = new HashMap<>(drawn);
    for (int index = 0; index < microBatches * owners.size(); index++) {
      String owner =
          amounts.isEmpty() ? owners.get(index % owners.size()) : furthestBehind(owners, counts);
      counts.merge(owner, 1L, Long::sum);
      dealt.computeIfAbsent(owner, unknown -> new ArrayList<>()).add(index);
    }
    return dealt;
  }

  /** Of several, the first. */
  private String furthestBehind(List<String> owners, Map<String, Long> counts) {
    long all = 1 + owners.stream().mapToLong(owner -> counts.getOrDefault(owner, 0L)).sum();
    long total = owners.stream().mapToLong(this::amount).sum();
    String furthest = owners.get(0);
    long most = Long.MIN_VALUE;
    for (String owner : owners) {
      long behind =
          Math.multiplyExact(amount(owner), all)
              - Math.multiplyExact(counts.getOrDefault(owner, 0L), total);
      if (behind > most) {
        most = behind;
        furthest = owner;
      }
    }
    return furthest;
  }

  private long amount(String owner) {
    Long amount = amounts.get(owner);
    if (amount == null) {
      throw new ProtocolException("the amount of data of '%s' is not known".formatted(owner));
    }
    return amount;
  }
}
