package dev.titanic.placement;

import java.util.Arrays;

/**
 * Seconds that each client computes, sends and receives for one micro-batch, by {@link Places
 * place}.
 *
 * <p>Every partition sends a hidden state to the next one and a gradient to the one before it; the
 * one behind the last stage is the owner's again.
 */
final class Loads {
  private final PlacementProblem problem;
  private final int rows;
  private final double[] computing;
  private final double[] sending;
  private final double[] receiving;

  Loads(PlacementProblem problem) {
    this.problem = problem;
    this.rows = problem.demands().size();
    this.computing = new double[rows];
    this.sending = new double[rows];
    this.receiving = new double[rows];
  }

  /**
   * Counts what is known from the hosts of the first partitions, or of all.
   *
   * @param known how many partitions have hosts, from the owner's on
   */
  void count(int[] hosts, int known) {
    Arrays.fill(computing, 0);
    Arrays.fill(sending, 0);
    Arrays.fill(receiving, 0);
    for (int row = 0; row < known; row++) {
      computing[Places.of(hosts, row)] += problem.compute().seconds(row, hosts[row]);
      if (row > 0) {
        exchange(hosts, row - 1, row);
      }
    }
    if (known == rows) {
      exchange(hosts, rows - 1, 0);
    }
  }

  private void exchange(int[] hosts, int row, int other) {
    if (hosts[row] == hosts[other]) {
      return;
    }
    double there = problem.links().busySeconds(hosts[row], hosts[other]);
    double back = problem.links().busySeconds(hosts[other], hosts[row]);
    int place = Places.of(hosts, row);
    int otherPlace = Places.of(hosts, other);
    sending[place] += there;
    receiving[otherPlace] += there;
    sending[otherPlace] += back;
    receiving[place] += back;
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
    for (int place = 0; place < rows; place++) {
      most = Math.max(most, Math.max(computing[place], exchanging(place)));
    }
    return most;
  }
}
