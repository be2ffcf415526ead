package dev.titanic.nn.partition;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Possible stages: what consecutive blocks behind the owner's would cost on a host, with the
 * owner's partition where the host has that, too.
 */
final class Stages {
  private final ModelCost model;
  private final int ownerBlocks;
  private final int stages;
  private final PartitionCost own;
  private final double slowest;
  private final Map<Long, PartitionCost> costs = new HashMap<>();

  /**
   * @param stages how many there will be
   * @param hosts that may be asked about
   */
  Stages(ModelCost model, int ownerBlocks, int stages, Collection<Host> hosts) {
    this.model = model;
    this.ownerBlocks = ownerBlocks;
    this.stages = stages;
    this.own = model.owner(ownerBlocks, stages);
    this.slowest = slowest(hosts);
  }

  static double slowest(Collection<Host> hosts) {
    return hosts.stream()
        .map(Host::flops)
        .filter(Objects::nonNull)
        .mapToDouble(Long::doubleValue)
        .min()
        .orElse(1);
  }

  /** Blocks that the stages share. */
  int blocks() {
    return model.blocks().size() - ownerBlocks;
  }

  int count() {
    return stages;
  }

  boolean areAlike() {
    return model.blocks().stream().skip(ownerBlocks).distinct().count() <= 1;
  }

  /**
   * Time for one micro-batch, in seconds where speeds are known.
   *
   * @param first counted from the first block that is not the owner's
   * @param end the block behind the last, counted alike
   */
  double time(Host host, int first, int end) {
    return (cost(first, end).flops() + (host.owns() ? own.flops() : 0)) / speed(host);
  }

  double speed(Host host) {
    return host.flops() == null ? slowest : host.flops();
  }

  /** Bytes that the host lacks. */
  long lack(Host host, int first, int end) {
    Memory stage = cost(first, end).memory();
    return host.lack(host.owns() ? stage.plus(own.memory()) : stage);
  }

  private PartitionCost cost(int first, int end) {
    return costs.computeIfAbsent(
        ((long) first << 32) + end,
        unused -> model.stage(ownerBlocks + first, ownerBlocks + end, stages));
  }
}
