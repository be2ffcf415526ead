package dev.titanic.placement.simulation;

import dev.titanic.nn.partition.ModelCost;
import dev.titanic.placement.Demand;
import dev.titanic.placement.InfeasiblePlacement;
import dev.titanic.placement.RandomPlacement;
import dev.titanic.placement.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Figure 5 of the paper: clients are drawn, strategies select those of all partitions, and the
 * times of a step are compared.
 */
public final class SelectionExperiment {
  private static final int CLIENTS = 100;

  private final long seed;
  private final int instances;
  private final List<Strategy> strategies;

  /**
   * @param seed of clients and of random choices; every model and strategy meets the same clients
   * @param instances how often clients are drawn
   */
  public SelectionExperiment(long seed, int instances, List<Strategy> strategies) {
    if (instances < 1) {
      throw new IllegalArgumentException("%d instances".formatted(instances));
    }
    this.seed = seed;
    this.instances = instances;
    this.strategies = List.copyOf(strategies);
  }

  /**
   * @throws InfeasiblePlacement when too few of the clients that were drawn have the memory
   */
  public SimulatedSelection run(SimulatedModel model, Traffic traffic) throws InfeasiblePlacement {
    ModelCost cost = model.cost();
    int microBatches = cost.batch().microBatches();
    List<Demand> partitions =
        model.demands(cost).stream().map(demand -> traffic.of(demand, microBatches)).toList();
    Random random = new Random(seed);
    List<Selection> selections = new ArrayList<>();
    for (int instance = 0; instance < instances; instance++) {
      selections.add(
          new Selection(
              partitions,
              SimulatedClients.draw(CLIENTS, random),
              cost.boundaryBytes(),
              microBatches));
    }
    List<StrategyTimes> times = new ArrayList<>();
    for (Strategy strategy : strategies) {
      times.add(times(strategy, model.paperSeconds(strategy), selections));
    }
    return new SimulatedSelection(
        model.title(),
        model.partitions(),
        traffic,
        instances,
        partitions.stream().mapToLong(Demand::memoryBytes).max().orElseThrow(),
        microBatches * partitions.get(0).trafficBytes(),
        times);
  }

  private StrategyTimes times(
      Strategy strategy, @Nullable Double paperSeconds, List<Selection> selections)
      throws InfeasiblePlacement {
    RandomPlacement randomPlacement = new RandomPlacement(seed);
    double[] distances = new double[instances];
    double[] steps = new double[instances];
    for (int instance = 0; instance < instances; instance++) {
      Selection selection = selections.get(instance);
      List<String> hosts = strategy.select(selection, randomPlacement);
      distances[instance] = selection.distanceSeconds(hosts);
      steps[instance] = selection.stepSeconds(hosts);
    }
    return new StrategyTimes(strategy, paperSeconds, Spread.of(distances), Spread.of(steps));
  }
}
