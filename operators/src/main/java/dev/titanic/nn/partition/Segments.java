package dev.titanic.nn.partition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Cuts a row of items into so many consecutive segments at the least cost, by dynamic programming
 * over the ends of segments: O(segments x items^2). Of equal cuts, the one with longer first
 * segments.
 */
final class Segments {
  /** Costs that differ by less are equal: they are sums in floating point. */
  private static final double TOLERANCE = 1e-9;

  /** Cost of a segment; infinite when it is not allowed. */
  @FunctionalInterface
  interface Cost {
    /**
     * @param segment its index
     * @param first item
     * @param end item behind the last
     */
    double of(int segment, int first, int end);
  }

  private final int items;
  private final int segments;

  Segments(int items, int segments) {
    if (segments < 1 || segments > items) {
      throw new IllegalArgumentException("%d segments of %d items".formatted(segments, items));
    }
    this.items = items;
    this.segments = segments;
  }

  /** The least that the dearest segment can cost. */
  double leastMaximum(Cost cost) {
    double[] best = none();
    best[0] = 0;
    for (int segment = 0; segment < segments; segment++) {
      double[] next = none();
      for (int end = segment + 1; end <= items; end++) {
        for (int first = segment; first < end; first++) {
          double both = Math.max(best[first], cost.of(segment, first, end));
          next[end] = Math.min(next[end], both);
        }
      }
      best = next;
    }
    return best[items];
  }

  /** Sizes of the segments that cost least in sum. */
  List<Integer> leastSum(Cost cost) {
    double[] best = none();
    best[items] = 0;
    int[][] ends = new int[segments][items];
    for (int segment = segments - 1; segment >= 0; segment--) {
      double[] next = none();
      for (int first = 0; first < items; first++) {
        for (int end = items; end > first; end--) {
          double sum = cost.of(segment, first, end) + best[end];
          if (sum < next[first] * (1 - TOLERANCE) || Double.isInfinite(next[first])) {
            next[first] = sum;
            ends[segment][first] = end;
          }
        }
      }
      best = next;
    }
    return sizes(ends);
  }

  private List<Integer> sizes(int[][] ends) {
    List<Integer> sizes = new ArrayList<>(Collections.nCopies(segments, 0));
    int first = 0;
    for (int segment = 0; segment < segments; segment++) {
      sizes.set(segment, ends[segment][first] - first);
      first = ends[segment][first];
    }
    return sizes;
  }

  /** Whether one cost is, rounding apart, not above another. */
  static boolean isAtMost(double cost, double limit) {
    return cost <= limit * (1 + TOLERANCE);
  }

  private double[] none() {
    double[] costs = new double[items + 1];
    Arrays.fill(costs, Double.POSITIVE_INFINITY);
    return costs;
  }
}
