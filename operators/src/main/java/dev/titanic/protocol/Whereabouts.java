package dev.titanic.protocol;

import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.state.RunState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * In which column every partition is, and whether it is loaded there. A restore deals states to any
 * column, so this is not the placement until an arrangement has made it so.
 */
final class Whereabouts {
  private final Map<Integer, Integer> columns = new HashMap<>();
  private final Set<Integer> loaded = new HashSet<>();

  /**
   * Finds what a restore has dealt out: exactly one holder of every partition at the run's version;
   * at the beginning of a run, none.
   */
  static Whereabouts of(RollCall rollCall, RunState state, int stages) {
    Whereabouts found = new Whereabouts();
    for (int row = 0; row <= stages; row++) {
      List<RollCall.Holder> holders = rollCall.holdersOf(row);
      if (state.hosts().isEmpty() && holders.isEmpty()) {
        continue;
      }
      if (holders.size() != 1 || holders.get(0).version() != state.step()) {
        throw new ProtocolException(
            "partition %d at version %d should have one holder; restored: %s"
                .formatted(row, state.step(), holders));
      }
      found.columns.put(row, holders.get(0).column());
    }
    return found;
  }

  /** Whether every partition is loaded where the route has it. */
  boolean isAt(Route route) {
    return rows(route)
        .allMatch(row -> loaded.contains(row) && column(row, route) == route.at(row).column());
  }

  /** Partitions that must move, with the column that holds them. */
  Map<Integer, Integer> sources(Route route) {
    Map<Integer, Integer> sources = new HashMap<>();
    rows(route)
        .filter(row -> column(row, route) != route.at(row).column())
        .forEach(row -> sources.put(row, column(row, route)));
    return sources;
  }

  /** Partitions that must be loaded where they are to be, the moved ones among them. */
  List<Integer> toLoad(Route route) {
    return rows(route)
        .filter(row -> !loaded.contains(row) || column(row, route) != route.at(row).column())
        .boxed()
        .toList();
  }

  /** A partition that nobody holds is made where it is to be. */
  private int column(int row, Route route) {
    return columns.getOrDefault(row, route.at(row).column());
  }

  /** Every partition is loaded where the route has it. */
  void arranged(Route route) {
    rows(route)
        .forEach(
            row -> {
              columns.put(row, route.at(row).column());
              loaded.add(row);
            });
  }

  private static IntStream rows(Route route) {
    return IntStream.rangeClosed(0, route.stages());
  }
}
