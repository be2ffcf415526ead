package dev.titanic.placement;

import com.google.ortools.graph.MinCostFlow;
import com.google.ortools.graph.MinCostFlowBase;
import java.util.List;

/**
 * The paper's assignment (section V) as a flow of least cost: one unit from each stage over the
 * client that hosts it to a sink. Maximises the sum of affinities, at most one partition per
 * client.
 *
 * <p>The answer is exact up to a billionth of the greatest affinity per stage.
 */
public final class AffinityFlowSolver implements PlacementSolver {
  private static final double COST_OF_GREATEST = 1e9;

  @Override
  public Solution solve(PlacementProblem problem) throws InfeasiblePlacement {
    AffinityLpSolver.requireOnePerClient(problem);
    OrTools.load();
    long started = System.nanoTime();
    Occupancy occupancy = new Occupancy(problem);
    List<Candidates> candidates = Candidates.nearest(problem, occupancy);
    if (!candidates.isEmpty() && !assign(candidates, occupancy, problem.offers().size())) {
      throw GreedyPlacement.noAnswer(problem, "the flow");
    }
    int[] hosts = occupancy.hosts();
    return Solution.of(problem, hosts, problem.affinity(hosts), started);
  }

  /** Returns whether every stage has a host. */
  private static boolean assign(List<Candidates> all, Occupancy occupancy, int clients) {
    int stages = all.size();
    int[] nodes = new int[clients];
    int next = stages;
    MinCostFlow flow = new MinCostFlow(stages + clients + 1, stages * stages + clients);
    try {
      double scale = COST_OF_GREATEST / Candidates.greatestAffinity(all);
      for (int row = 0; row < stages; row++) {
        Candidates candidates = all.get(row);
        flow.setNodeSupply(row, 1);
        for (int client : candidates.clients()) {
          if (nodes[client] == 0) {
            nodes[client] = next++;
          }
          long cost = Math.round(candidates.affinity(client) * scale);
          flow.addArcWithCapacityAndUnitCost(row, nodes[client], 1, -cost);
        }
      }
      for (int node = stages; node < next; node++) {
        flow.addArcWithCapacityAndUnitCost(node, next, 1, 0);
      }
      flow.setNodeSupply(next, -stages);
      if (flow.solve() != MinCostFlowBase.Status.OPTIMAL) {
        return false;
      }
      read(flow, all, occupancy);
      return true;
    } finally {
      flow.delete();
    }
  }

  private static void read(MinCostFlow flow, List<Candidates> all, Occupancy occupancy) {
    int firstArc = 0;
    for (Candidates candidates : all) {
      int arc = firstArc;
      while (flow.getFlow(arc) == 0) {
        arc++;
      }
      occupancy.take(candidates.stage(), candidates.clients()[arc - firstArc]);
      firstArc += candidates.clients().length;
    }
  }
}
