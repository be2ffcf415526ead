package dev.titanic.job.plan;

import dev.titanic.placement.InfeasiblePlacement;
import dev.titanic.placement.simulation.SelectionExperiment;
import dev.titanic.placement.simulation.SimulatedModel;
import dev.titanic.placement.simulation.SimulatedSelection;
import dev.titanic.placement.simulation.Strategy;
import dev.titanic.placement.simulation.Traffic;
import java.util.ArrayList;
import java.util.List;

/**
 * The paper's figure 5, and what its selections mean for the step of a pipeline.
 *
 * @param figure5 every model, with the traffic that comes near to the paper's times
 * @param allTensors every model, with all that partitions send and receive
 * @param steps the same, of fewer instances but with our objective
 */
public record Simulation(
    long seed,
    List<SimulatedSelection> figure5,
    List<SimulatedSelection> allTensors,
    List<SimulatedSelection> steps) {
  private static final long SEED = 7;
  private static final int INSTANCES = 100;

  /** Fewer, for our objective takes about a second for each. */
  private static final int STEP_INSTANCES = 5;

  private static final List<Strategy> PAPER =
      List.of(Strategy.OPTIMAL, Strategy.GREEDY, Strategy.RANDOM);

  public Simulation {
    figure5 = List.copyOf(figure5);
    allTensors = List.copyOf(allTensors);
    steps = List.copyOf(steps);
  }

  public static Simulation run() {
    SelectionExperiment paper = new SelectionExperiment(SEED, INSTANCES, PAPER);
    SelectionExperiment ours =
        new SelectionExperiment(SEED, STEP_INSTANCES, List.of(Strategy.values()));
    return new Simulation(
        SEED,
        run(paper, Traffic.AS_IN_FIGURE_5),
        run(paper, Traffic.ALL_TENSORS),
        run(ours, Traffic.ALL_TENSORS));
  }

  private static List<SimulatedSelection> run(SelectionExperiment experiment, Traffic traffic) {
    List<SimulatedSelection> selections = new ArrayList<>();
    for (SimulatedModel model : SimulatedModel.values()) {
      try {
        selections.add(experiment.run(model, traffic));
      } catch (InfeasiblePlacement e) {
        throw new IllegalStateException("clients of this seed have the memory", e);
      }
    }
    return selections;
  }
}
