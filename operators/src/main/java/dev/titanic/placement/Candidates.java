package dev.titanic.placement;

import java.util.ArrayList;
import java.util.List;

/**
 * The clients that may host a stage, and the affinities between them and it.
 *
 * <p>In an assignment of K stages each needs only its K nearest clients: the others take K - 1 at
 * most, so one of these is left, and no farther one is better.
 */
final class Candidates {
  private final int stage;
  private final int[] clients;
  private final double[] distances;

  private Candidates(int stage, int[] clients, double[] distances) {
    this.stage = stage;
    this.clients = clients;
    this.distances = distances;
  }

  /** The K nearest of each of K free stages. */
  static List<Candidates> nearest(PlacementProblem problem, Occupancy occupancy) {
    return choose(problem, occupancy, occupancy.free().length);
  }

  /** All that have the memory, for each free stage. */
  static List<Candidates> all(PlacementProblem problem, Occupancy occupancy) {
    return choose(problem, occupancy, problem.offers().size());
  }

  private static List<Candidates> choose(PlacementProblem problem, Occupancy occupancy, int most) {
    List<Candidates> all = new ArrayList<>();
    for (int stage : occupancy.free()) {
      double[] distances = problem.distances(stage);
      Nearest nearest = new Nearest(most);
      for (int client = 0; client < distances.length; client++) {
        if (distances[client] < nearest.farthest() && occupancy.fits(stage, client)) {
          nearest.add(client, distances[client]);
        }
      }
      all.add(new Candidates(stage, nearest.clients(), distances));
    }
    return all;
  }

  int stage() {
    return stage;
  }

  int[] clients() {
    return clients;
  }

  double affinity(int client) {
    return PlacementProblem.affinity(distances[client]);
  }

  static double greatestAffinity(List<Candidates> all) {
    double greatest = 0;
    for (Candidates candidates : all) {
      for (int client : candidates.clients) {
        greatest = Math.max(greatest, candidates.affinity(client));
      }
    }
    return greatest;
  }
}
