package dev.titanic.placement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Seconds that a client computes for one micro-batch of a partition: measured, or predicted from
 * operations.
 *
 * <p>A client that was measured on other partitions computes this one at the same rate. One that
 * was never measured is as much slower or faster than it says, as the others are; one that says
 * nothing is like the others.
 */
final class ComputeEstimates {
  /** When nobody has measured or said anything, all are equal. */
  private static final double ANY_RATE = 1e9;

  private record Cell(int partition, String client) {}

  private final List<Demand> demands;
  private final Map<Cell, SmoothedValue> seconds = new HashMap<>();

  ComputeEstimates(List<Demand> demands) {
    this.demands = demands;
  }

  void add(int partition, String client, double measured) {
    seconds.computeIfAbsent(new Cell(partition, client), cell -> new SmoothedValue()).add(measured);
  }

  void forget(String client) {
    seconds.keySet().removeIf(cell -> cell.client().equals(client));
  }

  @Nullable SmoothedValue measured(int partition, String client) {
    return seconds.get(new Cell(partition, client));
  }

  /**
   * Operations per second of every client, in the order of the list.
   *
   * @param said what a client says that it can; null when it says nothing
   */
  double[] rates(List<String> clients, Function<String, @Nullable Double> said) {
    double[] measured = clients.stream().mapToDouble(this::measuredRate).toArray();
    double[] claimed =
        clients.stream()
            .mapToDouble(
                client -> {
                  Double flops = said.apply(client);
                  return flops == null ? Double.NaN : flops;
                })
            .toArray();
    double honesty =
        medianOr(1, IntStream.range(0, measured.length).mapToDouble(i -> measured[i] / claimed[i]));
    double[] rates = new double[measured.length];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = Double.isNaN(measured[i]) ? claimed[i] * honesty : measured[i];
    }
    double others = medianOr(medianOr(ANY_RATE, DoubleStream.of(rates)), DoubleStream.of(measured));
    return DoubleStream.of(rates).map(rate -> Double.isNaN(rate) ? others : rate).toArray();
  }

  /** NaN when the client was not measured. */
  private double measuredRate(String client) {
    double operations = 0;
    double time = 0;
    for (int partition = 0; partition < demands.size(); partition++) {
      SmoothedValue known = measured(partition, client);
      if (known != null) {
        operations += demands.get(partition).flops();
        time += known.value();
      }
    }
    return operations > 0 && time > 0 ? operations / time : Double.NaN;
  }

  private static double medianOr(double otherwise, DoubleStream values) {
    double[] known = values.filter(Double::isFinite).toArray();
    return known.length == 0 ? otherwise : SmoothedValue.median(known);
  }
}
