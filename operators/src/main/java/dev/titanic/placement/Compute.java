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
  private final Map<Cell, Double> measured;

  private record Cell(int partition, int client) {}

  private Compute(List<Demand> demands, List<Offer> offers, Map<Cell, Double> measured) {
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
    Map<Cell, Double> more = new HashMap<>(measured);
    more.put(new Cell(partition, client), seconds);
    return new Compute(demands, offers, more);
  }

  public double seconds(int partition, int client) {
    if (!measured.isEmpty()) {
      Double known = measured.get(new Cell(partition, client));
      if (known != null) {
        return known;
      }
    }
    return demands.get(partition).flops() / offers.get(client).flops();
  }

  boolean isFor(List<Demand> otherDemands, List<Offer> otherOffers) {
    return demands.equals(otherDemands) && offers.equals(otherOffers);
  }
}
