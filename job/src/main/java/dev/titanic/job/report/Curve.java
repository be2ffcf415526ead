package dev.titanic.job.report;

import java.util.List;

/**
 * A quantity over the steps of a run, in not too many points.
 *
 * @param name of whom or what it is; empty when that is clear
 * @param width how many steps a point stands for, at most
 * @param steps of every point the last, ascending
 * @param means of every point
 * @param lows of every point the smallest value; empty when no point stands for several
 * @param highs of every point the largest value; empty when no point stands for several
 */
record Curve(
    String name,
    long width,
    List<Long> steps,
    List<Double> means,
    List<Double> lows,
    List<Double> highs) {
  Curve {
    steps = List.copyOf(steps);
    means = List.copyOf(means);
    lows = List.copyOf(lows);
    highs = List.copyOf(highs);
  }
}
