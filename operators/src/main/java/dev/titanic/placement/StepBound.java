package dev.titanic.placement;

import java.util.Arrays;

/**
 * A time that no step can be shorter than, from the hosts of the first partitions or of all.
 *
 * <p>Three reasons: a client does all micro-batches' work, and before its first and after its last
 * task one micro-batch is on its way; it sends and receives all their tensors; and the owner's
 * window lets whole ways follow each other.
 */
final class StepBound {
  private final PlacementProblem problem;
  private final Loads loads;
  private final int rows;
  private final int microBatches;

  /** From each row on, the sum and the greatest of what rows take at least. */
  private final double[] leastRest;

  private final double[] greatestRest;

  /** By place: out to the client and back from it, what the client itself does apart. */
  private final double[] ways;

  StepBound(PlacementProblem problem) {
    this.problem = problem;
    this.loads = new Loads(problem);
    this.rows = problem.demands().size();
    this.microBatches = problem.microBatches();
    this.leastRest = new double[rows + 1];
    this.greatestRest = new double[rows + 1];
    this.ways = new double[rows];
    for (int row = rows - 1; row >= 0; row--) {
      double least = Arrays.stream(problem.compute().row(row)).min().orElseThrow();
      leastRest[row] = leastRest[row + 1] + least;
      greatestRest[row] = Math.max(greatestRest[row + 1], least);
    }
  }

  /**
   * Seconds of a step at least.
   *
   * @param known how many partitions have hosts, from the owner's on
   */
  double seconds(int[] hosts, int known) {
    loads.count(hosts, known);
    double way = 0;
    double head = 0;
    Arrays.fill(ways, 0);
    for (int row = 0; row < known; row++) {
      way += row == 0 ? 0 : thereAndBack(hosts[row - 1], hosts[row]);
      if (Places.of(hosts, row) == row) {
        ways[row] = way;
      }
      double whole = problem.compute().seconds(row, hosts[row]);
      double headSeconds = Passes.head(problem.demands().get(row), whole);
      way += whole - headSeconds;
      head += headSeconds;
    }
    double closing = known == rows ? thereAndBack(hosts[rows - 1], hosts[0]) : 0;
    double whole = way + head + closing + leastRest[known];
    int windows = (microBatches + rows - 1) / rows;
    double bound = Math.max(windows * whole, way + microBatches * greatestRest[known]);
    for (int place = 0; place < known; place++) {
      bound = Math.max(bound, ways[place] + microBatches * loads.computing(place));
      bound = Math.max(bound, microBatches * loads.exchanging(place));
    }
    return bound;
  }

  private double thereAndBack(int client, int other) {
    return problem.links().seconds(client, other) + problem.links().seconds(other, client);
  }
}
