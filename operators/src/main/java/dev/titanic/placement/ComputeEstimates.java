package dev.titanic.placement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Seconds that a client computes for one micro-batch of a partition: measured, or predicted.
 *
 * <p>What was not measured is predicted from operations, from the speed that the client claims, and
 * from how far measured times are from such a prediction, the lag. The lag of a partition is the
 * least that any client has there. It is believed as far as it is like that of the client
 * elsewhere, or of the others when this client was never measured: partitions differ, but not by
 * much, and where only one client was measured, it is the client that is slow.
 */
final class ComputeEstimates {
  /** Operations of one kind take so many times as long as those of another, at most. */
  private static final double PARTITIONS_DIFFER = 2;

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
   * @param speed operations per second that a client claims, above 0
   */
  double seconds(int partition, String client, ToDoubleFunction<String> speed) {
    SmoothedValue known = measured(partition, client);
    if (known != null) {
      return known.value();
    }
    double predicted = demands.get(partition).flops() / speed.applyAsDouble(client);
    return predicted * lag(partition, client, speed);
  }

  private double lag(int partition, String client, ToDoubleFunction<String> speed) {
    OptionalDouble here = lags(speed, cell -> cell.partition() == partition).min();
    double[] own = lags(speed, cell -> cell.client().equals(client)).toArray();
    double[] elsewhere =
        own.length > 0 ? own : lags(speed, cell -> cell.partition() != partition).toArray();
    if (elsewhere.length == 0) {
      return here.orElse(1);
    }
    double usual = SmoothedValue.median(elsewhere);
    double least = usual / PARTITIONS_DIFFER;
    double most = usual * PARTITIONS_DIFFER;
    return Math.min(most, Math.max(least, here.orElse(usual)));
  }

  private DoubleStream lags(ToDoubleFunction<String> speed, Predicate<Cell> which) {
    return seconds.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .mapToDouble(
            entry ->
                entry.getValue().value()
                    * speed.applyAsDouble(entry.getKey().client())
                    / demands.get(entry.getKey().partition()).flops());
  }
}
