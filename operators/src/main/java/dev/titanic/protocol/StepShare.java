package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.StreamPosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An owner's part in a step.
 *
 * @param microBatches global indices of those that it is to give, ascending
 */
record StepShare(String client, Address at, StreamPosition position, List<Integer> microBatches) {
  StepShare {
    microBatches = List.copyOf(microBatches);
  }

  /**
   * Numbers what owners have, in the order in which they were to give it.
   *
   * @param available number of micro-batches of each owner, at most those of its share
   * @return global indices of each owner's, ascending, without a gap between all of them
   */
  static Map<Address, List<Integer>> number(
      List<StepShare> shares, Map<Address, Integer> available) {
    Map<Address, List<Integer>> numbered = new LinkedHashMap<>();
    SortedMap<Integer, Address> owners = new TreeMap<>();
    for (StepShare share : shares) {
      numbered.put(share.at, new ArrayList<>());
      int has = available.getOrDefault(share.at, 0);
      share.microBatches.stream().limit(has).forEach(index -> owners.put(index, share.at));
    }
    int next = 0;
    for (Address owner : owners.values()) {
      numbered.getOrDefault(owner, List.of()).add(next++);
    }
    return numbered;
  }
}
