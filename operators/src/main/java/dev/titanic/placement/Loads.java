package dev.titanic.placement;

import java.util.Arrays;

/**
 * Seconds that each client computes, sends and receives for one micro-batch of each owner, by
 * {@link Cells place}.
 *
 * <p>Every partition sends a hidden state to the next one and a gradient to the one before it; the
 * one behind the last stage is the owner's again. An owner has its own micro-batch, a stage those
 * of all.
 */
final class Loads {
  private final PlacementProblem problem;
  private final Cells cells;
  private final double[] computing;
  private final double[] sending;
  private final double[] receiving;

  Loads(PlacementProblem problem) {
    this.problem = problem;
    this.cells = new Cells(problem);
    this.computing = new double[cells.count()];
    this.sending = new double[cells.count()];
    this.receiving = new double[cells.count()];
  }

  /**
   * Counts what is known from the hosts of the first partitions, or of all.
   *
   * @param known how many partitions have hosts, from the owner's on
   */
  void count(int[] hosts, int known) {
    cells.host(hosts, known);
    Arrays.fill(computing, 0);
    Arrays.fill(sending, 0);
    Arrays.fill(receiving, 0);
    for (int cell = 0; cell < cells.known(); cell++) {
      double seconds = problem.compute().seconds(cells.partition(cell), cells.client(cell));
      computing[cells.place(cell)] += cells.isOwner(cell) ? seconds : cells.owners() * seconds;
    }
    for (int stage = 2; stage < known; stage++) {
      exchange(cells.ofStage(stage - 1), cells.ofStage(stage), cells.owners());
    }
    for (int owner = 0; owner < cells.owners(); owner++) {
      if (known > 1) {
        exchange(owner, cells.ofStage(1), 1);
      }
      if (known > cells.stages() && cells.stages() > 0) {
        exchange(cells.ofStage(cells.stages()), owner, 1);
      }
    }
  }

  private void exchange(int cell, int other, int microBatches) {
    int client = cells.client(cell);
    int otherClient = cells.client(other);
    if (client == otherClient) {
      return;
    }
    double there = microBatches * problem.links().busySeconds(client, otherClient);
    double back = microBatches * problem.links().busySeconds(otherClient, client);
    int place = cells.place(cell);
    int otherPlace = cells.place(other);
    sending[place] += there;
    receiving[otherPlace] += there;
    sending[otherPlace] += back;
    receiving[place] += back;
  }

  /** Where everything is, as it was counted last. */
  Cells cells() {
    return cells;
  }

  double computing(int place) {
    return computing[place];
  }

  /** Sending or receiving, whichever is more. */
  double exchanging(int place) {
    return Math.max(sending[place], receiving[place]);
  }

  /** The most that any client does of one kind. */
  double busiest() {
    double most = 0;
    for (int place = 0; place < cells.known(); place++) {
      most = Math.max(most, Math.max(computing[place], exchanging(place)));
    }
    return most;
  }
}
