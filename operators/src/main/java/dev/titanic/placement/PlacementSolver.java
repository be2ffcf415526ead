package dev.titanic.placement;

/** One way to choose hosts. The same problem gets the same hosts. */
@FunctionalInterface
public interface PlacementSolver {
  /**
   * @throws InfeasiblePlacement when the problem has no placement
   */
  Solution solve(PlacementProblem problem) throws InfeasiblePlacement;
}
