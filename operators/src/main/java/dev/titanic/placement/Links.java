package dev.titanic.placement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/**
 * Seconds that one hidden state takes one way from each client to each other: bytes over the lesser
 * bandwidth, and latency, or what was measured between the two.
 *
 * <p>The latency keeps nobody busy, the rest does: a client sends one tensor at a time and receives
 * one at a time.
 */
public final class Links {
  private final List<Offer> offers;
  private final long boundaryBytes;
  private final double latencySeconds;
  private final Map<Pair, Double> measured;

  private record Pair(int from, int to) {}

  private Links(
      List<Offer> offers, long boundaryBytes, double latencySeconds, Map<Pair, Double> measured) {
    this.offers = offers;
    this.boundaryBytes = boundaryBytes;
    this.latencySeconds = latencySeconds;
    this.measured = measured;
  }

  /**
   * @param boundaryBytes of one hidden state
   */
  public static Links of(List<Offer> offers, long boundaryBytes, double latencySeconds) {
    if (boundaryBytes < 0 || !(latencySeconds >= 0) || Double.isInfinite(latencySeconds)) {
      throw new IllegalArgumentException(
          "%d bytes, %s s of latency".formatted(boundaryBytes, latencySeconds));
    }
    return new Links(List.copyOf(offers), boundaryBytes, latencySeconds, Map.of());
  }

  /**
   * The same with one direction of one pair replaced.
   *
   * @param from index among the offers
   * @param to index among the offers
   */
  public Links with(int from, int to, double seconds) {
    if (from == to || !(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "from %s to %s: %s s"
              .formatted(offers.get(from).client(), offers.get(to).client(), seconds));
    }
    Map<Pair, Double> more = new HashMap<>(measured);
    more.put(new Pair(from, to), seconds);
    return new Links(offers, boundaryBytes, latencySeconds, more);
  }

  /** The same with every direction of every pair replaced, by the clients' ids. */
  Links withEach(ToDoubleBiFunction<String, String> seconds) {
    Map<Pair, Double> all = new HashMap<>();
    for (int from = 0; from < offers.size(); from++) {
      for (int to = 0; to < offers.size(); to++) {
        if (from != to) {
          all.put(
              new Pair(from, to),
              seconds.applyAsDouble(offers.get(from).client(), offers.get(to).client()));
        }
      }
    }
    return new Links(offers, boundaryBytes, latencySeconds, all);
  }

  /** How long a byte of something large takes. */
  double secondsPerByte(int from, int to) {
    return boundaryBytes == 0 ? 0 : busySeconds(from, to) / boundaryBytes;
  }

  /** From sending to having received; 0 from a client to itself. */
  public double seconds(int from, int to) {
    if (from == to) {
      return 0;
    }
    if (!measured.isEmpty()) {
      Double known = measured.get(new Pair(from, to));
      if (known != null) {
        return known;
      }
    }
    return latencySeconds
        + boundaryBytes
            / Math.min(offers.get(from).bytesPerSecond(), offers.get(to).bytesPerSecond());
  }

  /** How much of {@link #seconds} sender and receiver are busy with. */
  double busySeconds(int from, int to) {
    return Math.max(0, seconds(from, to) - latencySeconds);
  }

  boolean isFor(List<Offer> others) {
    return offers.equals(others);
  }
}
