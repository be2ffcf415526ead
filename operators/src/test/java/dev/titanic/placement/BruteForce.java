package dev.titanic.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** All placements of a small problem, by the words of the problem and not by a solver's code. */
final class BruteForce {
  private final PlacementProblem problem;
  private final List<int[]> placements = new ArrayList<>();

  private BruteForce(PlacementProblem problem) {
    this.problem = problem;
  }

  static List<int[]> placements(PlacementProblem problem) {
    BruteForce all = new BruteForce(problem);
    int[] hosts = new int[problem.stages() + 1];
    hosts[0] = problem.client(problem.owner());
    all.extend(hosts, 1);
    return all.placements;
  }

  static OptionalDouble least(PlacementProblem problem, ToDoubleFunction<int[]> cost) {
    return placements(problem).stream().mapToDouble(cost).min();
  }

  private void extend(int[] hosts, int stage) {
    if (stage == hosts.length) {
      if (isPlacement(hosts)) {
        placements.add(hosts.clone());
      }
      return;
    }
    for (int client = 0; client < problem.offers().size(); client++) {
      hosts[stage] = client;
      extend(hosts, stage + 1);
    }
  }

  private boolean isPlacement(int[] hosts) {
    Map<Integer, Long> bytes = new HashMap<>();
    for (int partition = 0; partition < hosts.length; partition++) {
      bytes.merge(hosts[partition], problem.demands().get(partition).memoryBytes(), Long::sum);
    }
    boolean hasMemory =
        bytes.entrySet().stream()
            .allMatch(
                entry -> entry.getValue() <= problem.offers().get(entry.getKey()).memoryBytes());
    boolean isFixed =
        problem.fixed().entrySet().stream()
            .allMatch(entry -> hosts[entry.getKey()] == problem.client(entry.getValue()));
    return hasMemory
        && isFixed
        && (problem.severalPerClient() || new HashSet<>(bytes.keySet()).size() == hosts.length);
  }
}
