package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which owners of a step have their data, and how much of it. */
final class Readiness {
  private static final int STARVED = -1;

  private final List<StepShare> shares;

  /** Micro-batches of each owner that has answered, or {@link #STARVED}. */
  private final Map<Address, Integer> available = new LinkedHashMap<>();

  Readiness(List<StepShare> shares) {
    this.shares = shares;
  }

  void ready(Address owner, int microBatches) {
    if (available.putIfAbsent(owner, microBatches) != null) {
      throw new ProtocolException(owner + " answered twice");
    }
  }

  void starved(Address owner) {
    ready(owner, STARVED);
  }

  boolean has(Address owner) {
    return available.containsKey(owner);
  }

  boolean complete() {
    return available.size() == shares.size();
  }

  boolean anyIsStarved() {
    return available.containsValue(STARVED);
  }

  /** The owners whose topics do not hold what the step needs. */
  List<StepShare> starved() {
    return shares.stream().filter(share -> count(share) == STARVED).toList();
  }

  /** The owners that wait to start. */
  List<Address> ready() {
    return shares.stream()
        .filter(share -> has(share.at()) && count(share) != STARVED)
        .map(StepShare::at)
        .toList();
  }

  /** Micro-batches of all. */
  int total() {
    return available.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The owners that have micro-batches. */
  List<StepShare> giving() {
    return shares.stream().filter(share -> count(share) > 0).toList();
  }

  /**
   * Numbers what owners have, in the order in which they were to give it.
   *
   * @return global indices of each owner's, ascending, without a gap between all of them
   */
  Map<Address, List<Integer>> numbered() {
    Map<Address, List<Integer>> numbered = new LinkedHashMap<>();
    SortedMap<Integer, Address> owners = new TreeMap<>();
    for (StepShare share : shares) {
      numbered.put(share.at(), new ArrayList<>());
      share.microBatches().stream()
          .limit(count(share))
          .forEach(index -> owners.put(index, share.at()));
    }
    int next = 0;
    for (Address owner : owners.values()) {
      numbered.getOrDefault(owner, List.of()).add(next++);
    }
    return numbered;
  }

  /** Micro-batches that were drawn of each owner that was asked for some. */
  Map<String, Long> drawn() {
    Map<String, Long> drawn = new HashMap<>();
    shares.stream()
        .filter(share -> !share.microBatches().isEmpty())
        .forEach(share -> drawn.put(share.client(), (long) count(share)));
    return drawn;
  }

  /** A single owner starts without an answer, with all that it was asked for. */
  private int count(StepShare share) {
    return available.getOrDefault(share.at(), share.microBatches().size());
  }
}
