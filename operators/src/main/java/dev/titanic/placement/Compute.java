package dev.titanic.placement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Seconds that each client would compute for one micro-batch of each partition, forward and
 * backward: operations over operations per second, or what was measured.
 */
public final class Compute {
  private final List<Demand> demands;
  private final List<Offer> offers;

  /** By partition: seconds by client. */
  private final Map<Integer, Map<Integer, Double>> measured;

  private Compute(
      List<Demand> demands, List<Offer> offers, Map<Integer, Map<Integer, Double>> measured) {
    this.demands = demands;
    this.offers = offers;
    this.measured = measured;
  }

  public static Compute of(List<Demand> demands, List<Offer> offers) {
    return new Compute(List.copyOf(demands), List.copyOf(offers), Map.of());
  }

  /**
   * The same with one figure replaced.
   *
   * @param client index among the offers
   */
  public Compute with(int partition, int client, double seconds) {
    if (!(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "%s on %s: %s s"
              .formatted(demands.get(partition).partition(), offers.get(client).client(), seconds));
    }
    Map<Integer, Double> row = new HashMap<>(measured.getOrDefault(partition, Map.of()));
    row.put(client, seconds);
    Map<Integer, Map<Integer, Double>> rows = new HashMap<>(measured);
    rows.put(partition, row);
    return new Compute(demands, offers, rows);
  }

  public double seconds(int partition, int client) {
    Map<Integer, Double> row = measured.get(partition);
    Double known = row == null ? null : row.get(client);
    return known != null ? known : demands.get(partition).flops() / offers.get(client).flops();
  }

  /** Seconds of one partition on every client. */
  double[] row(int partition) {
    double flops = demands.get(partition).flops();
    double[] seconds = new double[offers.size()];
    for (int client = 0; client < seconds.length; client++) {
      seconds[client] = flops / offers.get(client).flops();
    }
    measured.getOrDefault(partition, Map.of()).forEach((client, known) -> seconds[client] = known);
    return seconds;
  }

  boolean isFor(List<Demand> otherDemands, List<Offer> otherOffers) {
    return demands.equals(otherDemands) && offers.equals(otherOffers);
  }
}
