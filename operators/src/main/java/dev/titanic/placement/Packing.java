package dev.titanic.placement;

import java.util.List;

/** The largest stage to the client that it is nearest to and that has room, then the next. */
final class Packing {
  private final Occupancy occupancy;

  /** The first stage without room; {@link Occupancy#NOWHERE} when all have hosts. */
  private int stuck = Occupancy.NOWHERE;

  private Packing(Occupancy occupancy) {
    this.occupancy = occupancy;
  }

  /**
   * @param all candidates of the free stages, the largest first
   */
  static Packing of(PlacementProblem problem, List<Candidates> all) throws InfeasiblePlacement {
    Packing packing = new Packing(new Occupancy(problem));
    for (Candidates candidates : all) {
      if (!packing.place(candidates)) {
        packing.stuck = candidates.stage();
        break;
      }
    }
    return packing;
  }

  private boolean place(Candidates candidates) {
    int best = Occupancy.NOWHERE;
    for (int client : candidates.clients()) {
      if (occupancy.fits(candidates.stage(), client)
          && (best == Occupancy.NOWHERE
              || candidates.affinity(client) > candidates.affinity(best))) {
        best = client;
      }
    }
    if (best == Occupancy.NOWHERE) {
      return false;
    }
    occupancy.take(candidates.stage(), best);
    return true;
  }

  boolean isComplete() {
    return stuck == Occupancy.NOWHERE;
  }

  int[] hosts() {
    return occupancy.hosts().clone();
  }

  InfeasiblePlacement lack() {
    return occupancy.lack(stuck);
  }
}
