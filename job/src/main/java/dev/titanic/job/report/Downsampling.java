package dev.titanic.job.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a {@link Curve} of any number of values, in memory that does not grow: values fall into
 * buckets of equally many steps, and when the buckets do not reach far enough, each is united with
 * its neighbour.
 */
final class Downsampling {
  /** Points of a curve, at most; as many as a chart is wide. */
  static final int CAPACITY = 1024;

  /** As many digits as a chart can show. */
  private static final MathContext PRECISION = new MathContext(6);

  private final int[] counts = new int[CAPACITY];
  private final long[] lastSteps = new long[CAPACITY];
  private final double[] sums = new double[CAPACITY];
  private final double[] lows = new double[CAPACITY];
  private final double[] highs = new double[CAPACITY];
  private long width = 1;

  /**
   * @param step in any order
   */
  void add(long step, double value) {
    while (step / width >= CAPACITY) {
      unite();
    }
    add((int) (step / width), 1, step, value, value, value);
  }

  private void unite() {
    width *= 2;
    for (int bucket = 0; bucket < CAPACITY; bucket++) {
      int count = counts[bucket];
      counts[bucket] = 0;
      if (count > 0) {
        add(bucket / 2, count, lastSteps[bucket], sums[bucket], lows[bucket], highs[bucket]);
      }
    }
  }

  private void add(int bucket, int count, long step, double sum, double low, double high) {
    boolean first = counts[bucket] == 0;
    counts[bucket] += count;
    lastSteps[bucket] = first ? step : Math.max(lastSteps[bucket], step);
    sums[bucket] = first ? sum : sums[bucket] + sum;
    lows[bucket] = first ? low : Math.min(lows[bucket], low);
    highs[bucket] = first ? high : Math.max(highs[bucket], high);
  }

  Curve curve(String name) {
    boolean single = Arrays.stream(counts).allMatch(count -> count <= 1);
    List<Long> steps = new ArrayList<>();
    List<Double> means = new ArrayList<>();
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    for (int bucket = 0; bucket < CAPACITY; bucket++) {
      if (counts[bucket] > 0) {
        steps.add(lastSteps[bucket]);
        means.add(rounded(sums[bucket] / counts[bucket]));
        if (!single) {
          low.add(rounded(lows[bucket]));
          high.add(rounded(highs[bucket]));
        }
      }
    }
    return new Curve(name, width, steps, means, low, high);
  }

  private static double rounded(double value) {
    return BigDecimal.valueOf(value).round(PRECISION).doubleValue();
  }
}
