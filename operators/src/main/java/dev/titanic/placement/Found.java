package dev.titanic.placement;

/** A placement that a search has found, and what it costs. */
final class Found {
  private final int[] hosts;
  private final double cost;

  Found(int[] hosts, double cost) {
    this.hosts = hosts;
    this.cost = cost;
  }

  int[] hosts() {
    return hosts;
  }

  double cost() {
    return cost;
  }

  Found better(Found other) {
    return other.cost < cost ? other : this;
  }
}
