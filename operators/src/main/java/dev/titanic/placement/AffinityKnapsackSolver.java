package dev.titanic.placement;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The paper's affinities with several partitions per client, as far as its memory goes: a
 * generalised assignment, by CP-SAT. Maximises the sum of affinities, up to a billionth of the
 * greatest per stage.
 *
 * <p>Begins with a greedy answer. When time runs out, the best answer so far is given, which then
 * depends on the machine.
 */
public final class AffinityKnapsackSolver implements PlacementSolver {
  private static final double COST_OF_GREATEST = 1e9;
  private static final double MILLIS = 1e3;

  private final Duration limit;

  public AffinityKnapsackSolver(Duration limit) {
    this.limit = limit;
  }

  @Override
  public Solution solve(PlacementProblem problem) throws InfeasiblePlacement {
    OrTools.load();
    long started = System.nanoTime();
    Occupancy occupancy = new Occupancy(problem);
    int[] hosts = new Search(problem, occupancy).best();
    return Solution.of(problem, hosts, problem.affinity(hosts), started);
  }

  /** One pair of stage and client. */
  private record Choice(int stage, int client, BoolVar taken) {}

  private final class Search {
    private final PlacementProblem problem;
    private final Occupancy occupancy;
    private final List<Candidates> candidates;
    private final CpModel model = new CpModel();
    private final List<List<Choice>> byStage = new ArrayList<>();
    private final List<List<Choice>> byClient = new ArrayList<>();

    Search(PlacementProblem problem, Occupancy occupancy) {
      this.problem = problem;
      this.occupancy = occupancy;
      this.candidates = Candidates.all(problem, occupancy);
      for (int client = 0; client < problem.offers().size(); client++) {
        byClient.add(new ArrayList<>());
      }
    }

    int[] best() throws InfeasiblePlacement {
      double scale = COST_OF_GREATEST / Candidates.greatestAffinity(candidates);
      LinearExprBuilder objective = LinearExpr.newBuilder();
      for (Candidates row : candidates) {
        if (row.clients().length == 0) {
          throw occupancy.lack(row.stage());
        }
        for (Choice choice : addStage(row)) {
          objective.addTerm(choice.taken(), Math.round(row.affinity(choice.client()) * scale));
        }
      }
      model.maximize(objective);
      for (int client = 0; client < byClient.size(); client++) {
        limit(client);
      }
      Packing packing = Packing.of(problem, candidates);
      if (packing.isComplete()) {
        hint(packing.hosts());
      }
      CpSolver solver = new CpSolver();
      solver
          .getParameters()
          .setNumWorkers(1)
          .setLinearizationLevel(2)
          .setMaxTimeInSeconds(limit.toMillis() / MILLIS);
      CpSolverStatus status = solver.solve(model);
      if (status == CpSolverStatus.INFEASIBLE) {
        throw packing.lack();
      }
      if (status == CpSolverStatus.OPTIMAL || status == CpSolverStatus.FEASIBLE) {
        take(solver);
        return occupancy.hosts().clone();
      }
      if (packing.isComplete()) {
        return packing.hosts();
      }
      throw new InfeasiblePlacement(
          "no placement found within %d ms: %s"
              .formatted(limit.toMillis(), packing.lack().getMessage()));
    }

    private List<Choice> addStage(Candidates row) {
      List<Choice> choices = new ArrayList<>();
      for (int client : row.clients()) {
        Choice choice = new Choice(row.stage(), client, model.newBoolVar(""));
        choices.add(choice);
        byClient.get(client).add(choice);
      }
      byStage.add(choices);
      model.addExactlyOne(choices.stream().map(Choice::taken).toArray(Literal[]::new));
      return choices;
    }

    private void limit(int client) {
      List<Choice> choices = byClient.get(client);
      if (!problem.severalPerClient()) {
        model.addAtMostOne(choices.stream().map(Choice::taken).toArray(Literal[]::new));
        return;
      }
      LinearExprBuilder bytes = LinearExpr.newBuilder();
      long most = 0;
      for (Choice choice : choices) {
        long needed = problem.demands().get(choice.stage()).memoryBytes();
        bytes.addTerm(choice.taken(), needed);
        most += needed;
      }
      if (most > occupancy.freeBytes(client)) {
        model.addLessOrEqual(bytes, occupancy.freeBytes(client));
      }
    }

    private void hint(int[] hosts) {
      byStage.stream()
          .flatMap(List::stream)
          .forEach(
              choice -> model.addHint(choice.taken(), hosts[choice.stage()] == choice.client()));
    }

    private void take(CpSolver solver) {
      byStage.stream()
          .flatMap(List::stream)
          .filter(choice -> solver.booleanValue(choice.taken()))
          .forEach(choice -> occupancy.take(choice.stage(), choice.client()));
    }
  }
}
