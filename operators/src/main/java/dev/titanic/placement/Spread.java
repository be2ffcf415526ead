package dev.titanic.placement;

import java.util.Arrays;

/**
 * Mean and standard deviation of a sample.
 *
 * @param deviation with n - 1 degrees of freedom; 0 for a single value
 */
public record Spread(double mean, double deviation) {

  public static Spread of(double... values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return new Spread(mean, values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1)));
  }
}
