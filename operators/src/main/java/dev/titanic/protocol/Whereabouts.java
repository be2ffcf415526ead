package dev.titanic.protocol;

import dev.titanic.schemas.state.RunState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which column every copy of a partition is, and whether it is loaded there. A restore deals
 * states to any column, so this is not the placement until an arrangement has made it so.
 */
final class Whereabouts {
  private final Map<Copy, Integer> columns = new HashMap<>();
  private final Set<Copy> loaded = new HashSet<>();

  /**
   * Finds what a restore has dealt out: exactly one holder of every copy at the run's version; at
   * the beginning of a run, none.
   */
  static Whereabouts of(RollCall rollCall, RunState state, Collection<Copy> copies) {
    requireNoOthers(rollCall, copies);
    Whereabouts found = new Whereabouts();
    for (Copy copy : copies) {
      List<RollCall.Holder> holders = rollCall.holdersOf(copy);
      if (state.hosts().isEmpty() && holders.isEmpty()) {
        continue;
      }
      if (holders.size() != 1 || holders.get(0).version() != state.step()) {
        throw new ProtocolException(
            "%s at version %d should have one holder; restored: %s"
                .formatted(copy, state.step(), holders));
      }
      found.columns.put(copy, holders.get(0).column());
    }
    return found;
  }

  private static void requireNoOthers(RollCall rollCall, Collection<Copy> copies) {
    List<Copy> others = new ArrayList<>(rollCall.held());
    others.removeAll(copies);
    if (!others.isEmpty()) {
      throw new ProtocolException(
          "the run was saved with %s, which this configuration has not; restore with the same mode, owners and stages"
              .formatted(others));
    }
  }

  /**
   * Whether every copy is loaded in its home.
   *
   * @param homes column where each copy is to be
   */
  boolean isAt(Map<Copy, Integer> homes) {
    return toLoad(homes).isEmpty();
  }

  /** Copies that must move, with the column that holds them. */
  Map<Copy, Integer> sources(Map<Copy, Integer> homes) {
    Map<Copy, Integer> sources = new LinkedHashMap<>();
    homes.forEach(
        (copy, home) -> {
          if (column(copy, home) != home) {
            sources.put(copy, column(copy, home));
          }
        });
    return sources;
  }

  /** Copies that must be loaded where they are to be, the moved ones among them. */
  List<Copy> toLoad(Map<Copy, Integer> homes) {
    List<Copy> toLoad = new ArrayList<>();
    homes.forEach(
        (copy, home) -> {
          if (!loaded.contains(copy) || column(copy, home) != home) {
            toLoad.add(copy);
          }
        });
    return toLoad;
  }

  /** A copy that nobody holds is made where it is to be. */
  private int column(Copy copy, int home) {
    return columns.getOrDefault(copy, home);
  }

  /** Every copy is loaded in its home. */
  void arranged(Map<Copy, Integer> homes) {
    columns.putAll(homes);
    loaded.addAll(homes.keySet());
  }
}
