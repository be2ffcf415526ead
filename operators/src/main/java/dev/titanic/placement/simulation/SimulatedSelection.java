package dev.titanic.placement.simulation;

import java.util.List;

/**
 * One model's part of figure 5, under one assumption.
 *
 * @param instances how often clients were drawn
 * @param largestPartitionBytes memory that the largest partition needs
 * @param trafficBytes that a partition sends and receives in a step
 * @param times by strategy
 */
public record SimulatedSelection(
    String model,
    int partitions,
    Traffic traffic,
    int instances,
    long largestPartitionBytes,
    long trafficBytes,
    List<StrategyTimes> times) {
  public SimulatedSelection {
    times = List.copyOf(times);
  }

  public StrategyTimes times(Strategy strategy) {
    return times.stream().filter(row -> row.strategy() == strategy).findFirst().orElseThrow();
  }
}
