package dev.titanic.nn.partition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Chooses hosts for at most a given number of stages, such that the slowest stage is as fast as
 * possible and every stage fits.
 *
 * <p>A limit for the slowest stage says how many blocks each host can take; the least limit with
 * which all blocks are taken is found by bisection over the times that stages can have. For like
 * blocks the hosts that can take most are the best, for any number of hosts. Unlike blocks take a
 * dynamic programme over sets of hosts, which is exact for up to {@value #MOST_HOSTS}; of more, the
 * fastest are considered.
 */
final class HostChoice {
  static final int MOST_HOSTS = 14;

  /**
   * Hosts in the order of stages.
   *
   * @param slowest time of the slowest stage
   */
  record Choice(List<Host> hosts, double slowest) {}

  private final Stages stages;
  private final List<Host> candidates;

  private HostChoice(Stages stages, List<Host> candidates) {
    this.stages = stages;
    this.candidates = candidates;
  }

  /** Empty when no hosts have the memory for all blocks. */
  static Optional<Choice> of(Stages stages, List<Host> candidates) {
    List<Host> considered = candidates;
    if (!stages.areAlike() && candidates.size() > MOST_HOSTS) {
      considered =
          candidates.stream()
              .sorted(Comparator.comparingDouble(stages::speed).reversed())
              .limit(MOST_HOSTS)
              .toList();
    }
    return new HostChoice(stages, considered).choose();
  }

  private Optional<Choice> choose() {
    double[] limits = times();
    int low = 0;
    int high = limits.length - 1;
    if (limits.length == 0 || hosts(limits[high]).isEmpty()) {
      return Optional.empty();
    }
    while (low < high) {
      int middle = (low + high) / 2;
      if (hosts(limits[middle]).isPresent()) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    double limit = limits[low];
    return hosts(limit).map(hosts -> new Choice(hosts, limit));
  }

  /** All times that a stage can have, sorted. */
  private double[] times() {
    int blocks = stages.blocks();
    int firsts = stages.areAlike() ? Math.min(1, blocks) : blocks;
    return candidates.stream()
        .flatMapToDouble(
            host ->
                IntStream.range(0, firsts)
                    .boxed()
                    .flatMapToDouble(
                        first ->
                            IntStream.rangeClosed(first + 1, blocks)
                                .mapToDouble(end -> stages.time(host, first, end))))
        .sorted()
        .distinct()
        .toArray();
  }

  private Optional<List<Host>> hosts(double limit) {
    return stages.areAlike() ? largest(limit) : anyOrder(limit);
  }

  /** How many blocks a host can take from the first on, within a limit and its memory. */
  private int capacity(Host host, int first, double limit) {
    int end = first;
    while (end < stages.blocks()
        && Segments.isAtMost(stages.time(host, first, end + 1), limit)
        && stages.lack(host, first, end + 1) == 0) {
      end++;
    }
    return end - first;
  }

  private Optional<List<Host>> largest(double limit) {
    record Capacity(int place, int blocks) {}
    List<Capacity> chosen =
        IntStream.range(0, candidates.size())
            .mapToObj(place -> new Capacity(place, capacity(candidates.get(place), 0, limit)))
            .filter(capacity -> capacity.blocks() > 0)
            .sorted(Comparator.comparingInt((Capacity capacity) -> -capacity.blocks()))
            .limit(stages.count())
            .toList();
    boolean isEnough =
        chosen.size() == stages.count()
            && chosen.stream().mapToInt(Capacity::blocks).sum() >= stages.blocks();
    return isEnough
        ? Optional.of(chosen.stream().map(Capacity::place).sorted().map(candidates::get).toList())
        : Optional.empty();
  }

  /** For every set of hosts, the furthest block that they reach in their best order. */
  private Optional<List<Host>> anyOrder(double limit) {
    int[][] capacities = new int[candidates.size()][stages.blocks() + 1];
    for (int host = 0; host < candidates.size(); host++) {
      for (int first = 0; first < stages.blocks(); first++) {
        capacities[host][first] = capacity(candidates.get(host), first, limit);
      }
    }
    int sets = 1 << candidates.size();
    int[] reach = new int[sets];
    int[] last = new int[sets];
    Arrays.fill(reach, 1, sets, -1);
    for (int set = 0; set < sets; set++) {
      if (reach[set] < 0) {
        continue;
      }
      if (reach[set] == stages.blocks()) {
        return Optional.of(order(set, last));
      }
      if (Integer.bitCount(set) == stages.count()) {
        continue;
      }
      for (int host = 0; host < candidates.size(); host++) {
        int taken = capacities[host][reach[set]];
        int larger = set | 1 << host;
        if (larger != set && taken > 0 && reach[set] + taken > reach[larger]) {
          reach[larger] = reach[set] + taken;
          last[larger] = host;
        }
      }
    }
    return Optional.empty();
  }

  private List<Host> order(int set, int[] last) {
    List<Host> order = new ArrayList<>();
    for (int rest = set; rest != 0; rest &= ~(1 << last[rest])) {
      order.add(0, candidates.get(last[rest]));
    }
    return order;
  }
}
