package dev.titanic.placement;

/** Clients that host something, numbered by the first partition that each hosts. */
final class Places {
  private Places() {}

  /** Place of a partition's host. */
  static int of(int[] hosts, int partition) {
    int first = 0;
    while (hosts[first] != hosts[partition]) {
      first++;
    }
    return first;
  }
}
