package dev.titanic.placement;

import java.util.Arrays;

/**
 * A time that no step can be shorter than, from the hosts of the first partitions or of all.
 *
 * <p>Three reasons: a client does all micro-batches' work, and before its first and after its last
 * task one micro-batch is on its way; it sends and receives all their tensors; and an owner's
 * window lets whole ways follow each other.
 */
final class StepBound {
  private final PlacementProblem problem;
  private final Loads loads;
  private final int owners;
  private final int stages;
  private final int microBatches;

  /** Whole ways of an owner's micro-batches that follow each other. */
  private final int windows;

  /** From each row on, the sum and the greatest of what rows take at least. */
  private final double[] leastRest;

  private final double[] greatestRest;

  /** By place: out to the client and back from it, what the client itself does apart. */
  private final double[] ways;

  StepBound(PlacementProblem problem) {
    this.problem = problem;
    this.loads = new Loads(problem);
    this.owners = problem.owners().size();
    this.stages = problem.stages();
    this.microBatches = problem.microBatches();
    this.windows = ceil(microBatches, ceil(stages + 1, owners));
    this.leastRest = new double[stages + 2];
    this.greatestRest = new double[stages + 2];
    this.ways = new double[loads.cells().count()];
    for (int row = stages; row >= 0; row--) {
      double least = Arrays.stream(problem.compute().row(row)).min().orElseThrow();
      leastRest[row] = leastRest[row + 1] + least;
      greatestRest[row] = Math.max(greatestRest[row + 1], least);
    }
  }

  private static int ceil(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  /**
   * Seconds of a step at least.
   *
   * @param known how many partitions have hosts, from the owner's on
   */
  double seconds(int[] hosts, int known) {
    loads.count(hosts, known);
    Cells cells = loads.cells();
    double before = beforeStages(cells, known);
    double within = withinStages(cells, known, before);
    double bound = before + within + owners * microBatches * greatestRest[known];
    for (int owner = 0; owner < owners; owner++) {
      double whole = ownerSeconds(cells, owner, known) + within + leastRest[known];
      bound = Math.max(bound, windows * whole);
    }
    for (int place = 0; place < cells.known(); place++) {
      bound = Math.max(bound, ways[place] + microBatches * loads.computing(place));
      bound = Math.max(bound, microBatches * loads.exchanging(place));
    }
    return bound;
  }

  /** From an owner to the first stage and from there back to one, their head apart. */
  private double beforeStages(Cells cells, int known) {
    double out = Double.POSITIVE_INFINITY;
    double back = Double.POSITIVE_INFINITY;
    Demand demand = problem.demands().get(0);
    for (int owner = 0; owner < owners; owner++) {
      int client = cells.client(owner);
      int first = known > 1 ? cells.client(cells.ofStage(1)) : client;
      double whole = problem.compute().seconds(0, client);
      out = Math.min(out, Passes.forward(demand, whole) + problem.links().seconds(client, first));
      back =
          Math.min(back, Passes.backward(demand, whole) + problem.links().seconds(first, client));
    }
    return out + back;
  }

  /**
   * From the first stage to the last that is known, and back.
   *
   * @param before seconds outside of them
   */
  private double withinStages(Cells cells, int known, double before) {
    Arrays.fill(ways, 0);
    double within = 0;
    for (int stage = 1; stage < known; stage++) {
      int cell = cells.ofStage(stage);
      within += stage == 1 ? 0 : thereAndBack(cells.client(cell - 1), cells.client(cell));
      if (cells.place(cell) == cell) {
        ways[cell] = before + within;
      }
      within += problem.compute().seconds(stage, cells.client(cell));
    }
    return within;
  }

  /** What a micro-batch takes at its owner and between it and the stages. */
  private double ownerSeconds(Cells cells, int owner, int known) {
    int client = cells.client(owner);
    double seconds = problem.compute().seconds(0, client);
    if (known > 1) {
      seconds += thereAndBack(client, cells.client(cells.ofStage(1)));
    }
    if (known > stages && stages > 0) {
      seconds += thereAndBack(cells.client(cells.ofStage(stages)), client);
    }
    return seconds;
  }

  private double thereAndBack(int client, int other) {
    return problem.links().seconds(client, other) + problem.links().seconds(other, client);
  }
}
