package dev.titanic.nn.partition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The best of all cuts, by trying every one. */
final class BruteForce {
  private final ModelCost model;
  private final int ownerBlocks;
  private final double unknownSpeed;

  /**
   * @param everybody whose slowest known speed stands for those that are not known
   */
  BruteForce(ModelCost model, int ownerBlocks, List<Host> everybody) {
    this.model = model;
    this.ownerBlocks = ownerBlocks;
    this.unknownSpeed = Stages.slowest(everybody);
  }

  /**
   * @param lack largest of any stage, in bytes
   * @param slowest time of the slowest stage
   */
  record Quality(long lack, double slowest) {
    static final Comparator<Quality> ORDER =
        Comparator.comparingLong(Quality::lack).thenComparingDouble(Quality::slowest);

    Quality and(Quality other) {
      return new Quality(Math.max(lack, other.lack), Math.max(slowest, other.slowest));
    }
  }

  /** The best that blocks can be dealt to these hosts in this order. */
  Quality best(List<Host> hosts) {
    return compositions(model.blocks().size() - ownerBlocks, hosts.size())
        .map(sizes -> quality(hosts, sizes))
        .min(Quality.ORDER)
        .orElseThrow();
  }

  Quality quality(List<Host> hosts, List<Integer> sizes) {
    Quality quality = new Quality(0, 0);
    int first = ownerBlocks;
    for (int stage = 0; stage < hosts.size(); stage++) {
      PartitionCost cost = model.stage(first, first + sizes.get(stage), hosts.size());
      quality = quality.and(quality(hosts.get(stage), cost, hosts.size()));
      first += sizes.get(stage);
    }
    return quality;
  }

  private Quality quality(Host host, PartitionCost stage, int stages) {
    if (!host.owns()) {
      return new Quality(host.lack(stage.memory()), stage.flops() / speed(host));
    }
    PartitionCost own = model.owner(ownerBlocks, stages);
    return new Quality(
        host.lack(stage.memory().plus(own.memory())), (stage.flops() + own.flops()) / speed(host));
  }

  private double speed(Host host) {
    return host.flops() == null ? unknownSpeed : host.flops();
  }

  /** The best of all numbers of stages and all orders of hosts in which everything fits. */
  Stream<Quality> feasible(Host owner, List<Host> candidates) {
    return arrangements(candidates)
        .filter(hosts -> hosts.size() <= model.blocks().size() - ownerBlocks)
        .filter(
            hosts ->
                candidates.stream()
                    .filter(Host::owns)
                    .allMatch(other -> owner(other, hosts.size()).lack() == 0))
        .map(hosts -> best(hosts).and(owner(owner, hosts.size())))
        .filter(quality -> quality.lack() == 0);
  }

  Quality owner(Host owner, int stages) {
    PartitionCost cost = model.owner(ownerBlocks, stages);
    return new Quality(owner.lack(cost.memory()), cost.flops() / speed(owner));
  }

  private static Stream<List<Host>> arrangements(List<Host> candidates) {
    List<List<Host>> all = new ArrayList<>();
    extend(List.of(), candidates, all);
    return all.stream();
  }

  private static void extend(List<Host> chosen, List<Host> candidates, List<List<Host>> all) {
    for (Host candidate : candidates) {
      if (!chosen.contains(candidate)) {
        List<Host> longer = Stream.concat(chosen.stream(), Stream.of(candidate)).toList();
        all.add(longer);
        extend(longer, candidates, all);
      }
    }
  }

  private static Stream<List<Integer>> compositions(int items, int segments) {
    if (segments == 1) {
      return Stream.of(List.of(items));
    }
    return Stream.iterate(1, first -> first <= items - segments + 1, first -> first + 1)
        .flatMap(
            first ->
                compositions(items - first, segments - 1)
                    .map(rest -> Stream.concat(Stream.of(first), rest.stream()).toList()));
  }
}
