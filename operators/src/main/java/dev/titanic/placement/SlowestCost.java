package dev.titanic.placement;

/**
 * The seconds of the busiest client for one micro-batch of each owner, as what a search minimises.
 */
final class SlowestCost implements SearchCost {
  private final Loads loads;
  private final int rows;

  SlowestCost(PlacementProblem problem) {
    this.loads = new Loads(problem);
    this.rows = problem.demands().size();
  }

  @Override
  public double bound(int[] hosts, int known) {
    loads.count(hosts, known);
    return loads.busiest();
  }

  @Override
  public double of(int[] hosts) {
    return bound(hosts, rows);
  }

  @Override
  public long units() {
    return rows;
  }
}
