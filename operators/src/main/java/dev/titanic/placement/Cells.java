package dev.titanic.placement;

/**
 * All that computes in a step: the first partition of each owner, then the stages. Numbered in this
 * order; a client is known by the first cell that it hosts, its place.
 */
final class Cells {
  private final int owners;
  private final int stages;
  private final int[] clients;
  private final int[] places;
  private int known;

  Cells(PlacementProblem problem) {
    this.owners = problem.owners().size();
    this.stages = problem.stages();
    this.clients = new int[owners + stages];
    this.places = new int[owners + stages];
    for (int owner = 1; owner < owners; owner++) {
      clients[owner] = problem.client(problem.owners().get(owner));
    }
  }

  /**
   * Gives the partitions their hosts.
   *
   * @param hosts client of the first owner's partition and of each stage
   * @param partitions how many of them have one, from the owner's on
   */
  void host(int[] hosts, int partitions) {
    known = owners + partitions - 1;
    clients[0] = hosts[0];
    for (int stage = 1; stage < partitions; stage++) {
      clients[ofStage(stage)] = hosts[stage];
    }
    for (int cell = 0; cell < known; cell++) {
      places[cell] = firstOn(clients[cell]);
    }
  }

  private int firstOn(int client) {
    int cell = 0;
    while (clients[cell] != client) {
      cell++;
    }
    return cell;
  }

  /** How many there are at most. */
  int count() {
    return clients.length;
  }

  /** How many have a host. */
  int known() {
    return known;
  }

  int owners() {
    return owners;
  }

  int stages() {
    return stages;
  }

  /** Cell of a stage, from 1; that of an owner has the owner's number. */
  int ofStage(int stage) {
    return owners + stage - 1;
  }

  boolean isOwner(int cell) {
    return cell < owners;
  }

  /** Index among the demands. */
  int partition(int cell) {
    return isOwner(cell) ? 0 : cell - owners + 1;
  }

  int client(int cell) {
    return clients[cell];
  }

  int place(int cell) {
    return places[cell];
  }
}
