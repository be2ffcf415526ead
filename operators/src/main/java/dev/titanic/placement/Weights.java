package dev.titanic.placement;

import java.io.Serializable;

/**
 * How the paper's match distance {@code d = a D + b T} weighs transmission duration against
 * training time (section V).
 *
 * @param distance a, of the seconds that sending takes
 * @param time b, of the seconds that computing takes
 */
public record Weights(double distance, double time) implements Serializable {
  public static final Weights EQUAL = new Weights(1, 1);

  public Weights {
    if (!(distance >= 0 && time >= 0 && distance + time > 0)
        || Double.isInfinite(distance + time)) {
      throw new IllegalArgumentException(
          "weights %s and %s: need two finite numbers, not below 0, not both 0"
              .formatted(distance, time));
    }
  }
}
