package dev.titanic.placement;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The paper's assignment (section V) as it is solved there: the relaxed linear program over all
 * pairs, by GLOP. Maximises the sum of affinities, at most one partition per client.
 *
 * <p>The matrix of the constraints is totally unimodular, so a vertex is a placement. This is
 * checked on every answer.
 */
public final class AffinityLpSolver implements PlacementSolver {
  private static final double TOLERANCE = 1e-6;

  @Override
  public Solution solve(PlacementProblem problem) throws InfeasiblePlacement {
    requireOnePerClient(problem);
    OrTools.load();
    long started = System.nanoTime();
    Occupancy occupancy = new Occupancy(problem);
    MPSolver solver = MPSolver.createSolver("GLOP");
    try {
      List<Choice> choices = model(solver, Candidates.all(problem, occupancy));
      if (solver.solve() != MPSolver.ResultStatus.OPTIMAL) {
        throw GreedyPlacement.noAnswer(problem, "GLOP");
      }
      choices.stream()
          .filter(Choice::isTaken)
          .forEach(choice -> occupancy.take(choice.stage(), choice.client()));
    } finally {
      solver.delete();
    }
    int[] hosts = occupancy.hosts();
    return Solution.of(problem, hosts, problem.affinity(hosts), started);
  }

  static void requireOnePerClient(PlacementProblem problem) {
    if (problem.severalPerClient()) {
      throw new IllegalArgumentException(
          "several partitions per client are no assignment: valid: AffinityKnapsackSolver");
    }
  }

  /** The paper's alpha. */
  private record Choice(int stage, int client, MPVariable variable) {

    boolean isTaken() {
      double value = variable.solutionValue();
      if (Math.abs(value - Math.rint(value)) > TOLERANCE) {
        throw new IllegalStateException(
            "stage %d is on client %d by a fraction of %s".formatted(stage, client, value));
      }
      return value > TOLERANCE;
    }
  }

  private static List<Choice> model(MPSolver solver, List<Candidates> all) {
    List<Choice> choices = new ArrayList<>();
    Map<Integer, MPConstraint> onePerClient = new HashMap<>();
    double infinity = MPSolver.infinity();
    double greatest = Candidates.greatestAffinity(all);
    MPObjective objective = solver.objective();
    objective.setMaximization();
    for (Candidates candidates : all) {
      MPConstraint oneHost = solver.makeConstraint(1, 1);
      for (int client : candidates.clients()) {
        MPVariable variable = solver.makeNumVar(0, infinity, "");
        oneHost.setCoefficient(variable, 1);
        onePerClient
            .computeIfAbsent(client, unseen -> solver.makeConstraint(-infinity, 1))
            .setCoefficient(variable, 1);
        objective.setCoefficient(variable, candidates.affinity(client) / greatest);
        choices.add(new Choice(candidates.stage(), client, variable));
      }
    }
    return choices;
  }
}
