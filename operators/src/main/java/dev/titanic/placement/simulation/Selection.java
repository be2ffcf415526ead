package dev.titanic.placement.simulation;

import dev.titanic.placement.Demand;
import dev.titanic.placement.InfeasiblePlacement;
import dev.titanic.placement.Links;
import dev.titanic.placement.Offer;
import dev.titanic.placement.PipelineTime;
import dev.titanic.placement.PlacementProblem;
import dev.titanic.placement.PlacementSolver;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Partitions of a model, and the clients to select from. As in the paper, the client of the first
 * partition is chosen as well; the owner that {@link PlacementProblem} asks for is one that stands
 * before it and costs nothing.
 *
 * @param partitions the one with embedding and head first
 * @param boundaryBytes of one hidden state
 * @param microBatches of a step
 */
record Selection(
    List<Demand> partitions, List<Offer> clients, long boundaryBytes, int microBatches) {
  private static final double LATENCY_SECONDS = 0;

  private static final Demand NOTHING = Demand.owner(0, 0, 0, 0, 0);
  private static final Offer NOBODY =
      new Offer("nobody", Long.MAX_VALUE, 1, Double.POSITIVE_INFINITY);

  /** Clients of all partitions. */
  List<String> selectAll(PlacementSolver solver) throws InfeasiblePlacement {
    PlacementProblem problem =
        problem(
            Stream.concat(Stream.of(NOTHING), partitions.stream()).toList(),
            Stream.concat(clients.stream(), Stream.of(NOBODY)).toList(),
            NOBODY.client());
    List<String> hosts = solver.solve(problem).hosts();
    return hosts.subList(1, hosts.size());
  }

  /** Clients of all partitions, where that of the first is given. */
  List<String> selectStages(PlacementSolver solver, String owner) throws InfeasiblePlacement {
    return solver.solve(problem(partitions, clients, owner)).hosts();
  }

  /** The paper's d with equal weights, of all partitions together: computing and transmitting. */
  double distanceSeconds(List<String> hosts) {
    PlacementProblem problem = problem(partitions, clients, hosts.get(0));
    return IntStream.range(0, hosts.size())
        .mapToDouble(
            partition -> {
              int client = problem.client(hosts.get(partition));
              return problem.trainingSeconds(partition, client)
                  + problem.transmissionSeconds(partition, client);
            })
        .sum();
  }

  /** Predicted time of a step of the pipeline, with the first partition's client as the owner. */
  double stepSeconds(List<String> hosts) {
    return PipelineTime.seconds(problem(partitions, clients, hosts.get(0)), hosts);
  }

  private PlacementProblem problem(List<Demand> demands, List<Offer> offers, String owner) {
    return PlacementProblem.of(
        demands, offers, Links.of(offers, boundaryBytes, LATENCY_SECONDS), owner, microBatches);
  }
}
