package dev.titanic.placement;

import java.util.Arrays;

/**
 * An estimate from noisy samples: their mean, of less weight the older they are.
 *
 * <p>A sample that is far from the median of the last ones, by their median absolute deviation,
 * counts as that median (Hampel 1974). A change that lasts becomes the median soon. Until there are
 * enough for that, the median is the estimate: first samples are slow, for everything is new.
 */
final class SmoothedValue {
  private static final int WINDOW = 9;
  private static final double WEIGHT = 0.2;

  /** Ratio of standard deviation and median absolute deviation of a normal distribution. */
  private static final double MAD_TO_DEVIATION = 1.4826;

  private static final double FAR = 3 * MAD_TO_DEVIATION;

  private final double[] window = new double[WINDOW];
  private long samples;
  private double mean;
  private double variance;

  void add(double sample) {
    window[(int) (samples % WINDOW)] = sample;
    samples++;
    double[] last = Arrays.copyOf(window, (int) Math.min(samples, WINDOW));
    double median = median(last);
    double deviation = median(Arrays.stream(last).map(x -> Math.abs(x - median)).toArray());
    if (samples <= WINDOW) {
      mean = median;
      variance = Math.pow(MAD_TO_DEVIATION * deviation, 2);
      return;
    }
    double accepted = Math.abs(sample - median) > FAR * deviation ? median : sample;
    double difference = accepted - mean;
    mean += WEIGHT * difference;
    variance = (1 - WEIGHT) * (variance + WEIGHT * difference * difference);
  }

  long samples() {
    return samples;
  }

  double value() {
    return mean;
  }

  /** Standard error of the estimate. */
  double error() {
    return Math.sqrt(variance * WEIGHT / (2 - WEIGHT));
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
