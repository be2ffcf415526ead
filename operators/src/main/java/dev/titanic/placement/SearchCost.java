package dev.titanic.placement;

/** What a search minimises. */
interface SearchCost {
  /**
   * What no placement with these hosts costs less than.
   *
   * @param known how many partitions have hosts, from the owner's on
   */
  double bound(int[] hosts, int known);

  /** What a complete placement costs. */
  double of(int[] hosts);

  /** Effort of computing {@link #of} once. */
  long units();
}
