package dev.titanic.job.plan;

import dev.titanic.job.config.HostSelection;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.Partitioning;
import dev.titanic.placement.GreedyPlacement;
import dev.titanic.placement.InfeasiblePlacement;
import dev.titanic.placement.PlacementSolver;
import dev.titanic.placement.RandomPlacement;
import dev.titanic.placement.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares the placement of a run with those of other rules. */
final class Placements {
  private static final int RANDOM_PLACEMENTS = 100;

  private final JobConfig config;
  private final Partitioning partitioning;
  private final HostSelection selection;

  private Placements(JobConfig config, Partitioning partitioning) {
    this.config = config;
    this.partitioning = partitioning;
    this.selection = HostSelection.of(config, partitioning.cost());
  }

  static PlannedPlacement compare(JobConfig config, Partitioning partitioning) {
    return new Placements(config, partitioning).placement();
  }

  private PlannedPlacement placement() {
    Alternatives alternatives =
        new Alternatives(selection.problem(partitioning.cut(), Map.of()), config.hosts());
    return new PlannedPlacement(alternatives.stepSeconds(), alternatives.hosts(), compared());
  }

  private List<ComparedPlacement> compared() {
    List<ComparedPlacement> compared = new ArrayList<>();
    if (config.stages() == 0) {
      return compared;
    }
    try {
      double shortest = selection.stepSeconds(selection.choose(config.stages()));
      compared.add(new ComparedPlacement(PlacementRule.SHORTEST, 1, shortest, 0));
      compared.add(compare(PlacementRule.GREEDY, new GreedyPlacement(), 1));
      compared.add(
          compare(
              PlacementRule.RANDOM,
              new RandomPlacement(config.training().seed()),
              RANDOM_PLACEMENTS));
    } catch (InfeasiblePlacement e) {
      compared.clear(); // who lacks memory is among the plan's problems
    }
    return compared;
  }

  private ComparedPlacement compare(PlacementRule rule, PlacementSolver solver, int placements)
      throws InfeasiblePlacement {
    double[] seconds = new double[placements];
    for (int i = 0; i < placements; i++) {
      seconds[i] = selection.stepSeconds(selection.chooseBy(solver, config.stages()));
    }
    Spread spread = Spread.of(seconds);
    return new ComparedPlacement(rule, placements, spread.mean(), spread.deviation());
  }
}
