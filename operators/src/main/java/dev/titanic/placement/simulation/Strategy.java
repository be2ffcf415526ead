package dev.titanic.placement.simulation;

import dev.titanic.placement.AffinityFlowSolver;
import dev.titanic.placement.GreedyPlacement;
import dev.titanic.placement.InfeasiblePlacement;
import dev.titanic.placement.RandomPlacement;
import dev.titanic.placement.StepTimeSolver;
import java.util.List;

/** A way to choose the clients of all partitions. */
public enum Strategy {
  /** The paper's: the greatest sum of affinities, by min-cost flow. */
  OPTIMAL,
  /** The paper's baseline: the largest partition to the client with the shortest transmission. */
  GREEDY,
  /** Anybody who has the memory. */
  RANDOM,
  /** Ours: the shortest step of the pipeline, with the first partition where greedy has it. */
  STEP_TIME;

  List<String> select(Selection selection, RandomPlacement randomPlacement)
      throws InfeasiblePlacement {
    return switch (this) {
      case OPTIMAL -> selection.selectAll(new AffinityFlowSolver());
      case GREEDY -> selection.selectAll(new GreedyPlacement());
      case RANDOM -> selection.selectAll(randomPlacement);
      case STEP_TIME ->
          selection.selectStages(
              new StepTimeSolver(), selection.selectAll(new GreedyPlacement()).get(0));
    };
  }
}
