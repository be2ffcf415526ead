package dev.titanic.placement;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Moves partitions when that pays, and only then: when it makes a step faster than measuring could
 * be wrong about, and gains more over the steps that are left than the stall that it costs.
 */
public final class PlacementPolicy {
  /** Part of a step's time below which a gain is none: two equal clients must not take turns. */
  private static final double SMALLEST_GAIN = 0.1;

  /** So many standard errors. */
  private static final double CONFIDENCE = 3;

  /** Transactions, and a partition that is made ready, whatever its size. */
  private static final double MOVE_SECONDS = 0.2;

  /** Of reading a model from a disk. */
  private static final double LOADED_BYTES_PER_SECOND = 1e9;

  private static final Duration SOLVER_LIMIT = Duration.ofSeconds(5);

  private final PlacementSolver solver;
  private final double moveWeight;

  /**
   * @param moveWeight how much of the stall of a move is held against it
   */
  public PlacementPolicy(PlacementSolver solver, double moveWeight) {
    this.solver = solver;
    this.moveWeight = moveWeight;
  }

  public static PlacementPolicy of(PlacementSettings settings) {
    return new PlacementPolicy(
        switch (settings.objective()) {
          case STEP_TIME -> new StepTimeSolver();
          case AFFINITY ->
              settings.severalPerClient()
                  ? new AffinityKnapsackSolver(SOLVER_LIMIT)
                  : new AffinityFlowSolver();
        },
        settings.moveWeight());
  }

  public Decision decide(Situation now) {
    double stepSeconds = PipelineTime.seconds(now.problem(), now.hosts());
    try {
      return decide(now, stepSeconds, solver.solve(now.problem()));
    } catch (InfeasiblePlacement e) {
      Solution none = new Solution(now.hosts(), 0, stepSeconds, 0);
      return stay(now, stepSeconds, none, "no placement: " + e.getMessage());
    }
  }

  private Decision decide(Situation now, double stepSeconds, Solution best) {
    double saved = stepSeconds - best.stepSeconds();
    List<Integer> moved = moved(now, best);
    if (moved.isEmpty()) {
      return stay(now, stepSeconds, best, "no better hosts than these");
    }
    Change change = new Change(now.problem(), now.hosts(), best.hosts(), moved);
    if (now.measuredSteps() < Situation.FEWEST_STEPS) {
      return stay(
          now,
          stepSeconds,
          best,
          "%s, but only %d of %d steps are measured"
              .formatted(change, now.measuredSteps(), Situation.FEWEST_STEPS));
    }
    double leastGain = Math.max(SMALLEST_GAIN * stepSeconds, CONFIDENCE * now.uncertainty());
    if (saved <= leastGain) {
      return stay(
          now,
          stepSeconds,
          best,
          "%s: %s a step less, too little to be sure of, with %s a step"
              .formatted(change, Seconds.text(saved), Seconds.text(stepSeconds)));
    }
    double stall = stallSeconds(change);
    String reason =
        "%s: %s a step less over %d step%s against a stall of %s"
            .formatted(
                change,
                Seconds.text(saved),
                now.remainingSteps(),
                now.remainingSteps() == 1 ? "" : "s",
                Seconds.text(stall));
    if (saved * now.remainingSteps() <= moveWeight * stall) {
      return stay(now, stepSeconds, best, reason + " does not pay");
    }
    return new Decision(
        now.epoch(),
        now.step(),
        true,
        best.hosts(),
        best.objective(),
        stepSeconds,
        best.stepSeconds(),
        best.solveSeconds(),
        change.stateBytes(),
        reason);
  }

  private static List<Integer> moved(Situation now, Solution best) {
    return IntStream.range(0, now.hosts().size())
        .filter(partition -> !now.hosts().get(partition).equals(best.hosts().get(partition)))
        .boxed()
        .toList();
  }

  /**
   * A state is sent, then the partition is loaded; partitions that move at once do not help each
   * other.
   */
  private static double stallSeconds(Change change) {
    return MOVE_SECONDS + change.sendSeconds() + change.memoryBytes() / LOADED_BYTES_PER_SECOND;
  }

  private static Decision stay(Situation now, double stepSeconds, Solution best, String reason) {
    return new Decision(
        now.epoch(),
        now.step(),
        false,
        now.hosts(),
        best.objective(),
        stepSeconds,
        best.stepSeconds(),
        best.solveSeconds(),
        0,
        reason);
  }
}
