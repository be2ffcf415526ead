package dev.titanic.placement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Who hosts what so far, and who has room left. Begins with the owner and the fixed stages. */
final class Occupancy {
  static final int NOWHERE = -1;

  private final PlacementProblem problem;
  private final int owner;
  private final int[] hosts;
  private final long[] freeBytes;
  private final int[] guests;

  /** Stages whose host is to be chosen, the largest first. */
  private final int[] free;

  /**
   * @throws InfeasiblePlacement when the owner or the host of a fixed stage has not the room
   */
  Occupancy(PlacementProblem problem) throws InfeasiblePlacement {
    this.problem = problem;
    this.owner = problem.client(problem.owner());
    this.hosts = new int[problem.demands().size()];
    Arrays.fill(hosts, NOWHERE);
    this.freeBytes = problem.offers().stream().mapToLong(Offer::memoryBytes).toArray();
    this.guests = new int[freeBytes.length];
    this.free =
        IntStream.rangeClosed(1, problem.stages())
            .filter(stage -> !problem.fixed().containsKey(stage))
            .boxed()
            .sorted(Comparator.comparingLong((Integer stage) -> bytes(stage)).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    put(0, owner);
    for (int stage = 1; stage < hosts.length; stage++) {
      String host = problem.fixed().get(stage);
      if (host != null) {
        put(stage, problem.client(host));
      }
    }
  }

  private void put(int partition, int client) throws InfeasiblePlacement {
    if (!mayHost(client)) {
      throw Lack.ofSeats(problem, partition, client, hosts);
    }
    if (bytes(partition) > freeBytes[client]) {
      throw Lack.ofMemory(problem, partition, client, freeBytes[client]);
    }
    take(partition, client);
  }

  int[] free() {
    return free;
  }

  /** Client of each partition; {@link #NOWHERE} where none is chosen. Changes with every choice. */
  int[] hosts() {
    return hosts;
  }

  boolean fits(int stage, int client) {
    return mayHost(client) && bytes(stage) <= freeBytes[client];
  }

  private boolean mayHost(int client) {
    return guests[client] == 0 || problem.severalPerClient();
  }

  long freeBytes(int client) {
    return freeBytes[client];
  }

  void take(int partition, int client) {
    hosts[partition] = client;
    freeBytes[client] -= bytes(partition);
    guests[client]++;
  }

  void release(int partition) {
    int client = hosts[partition];
    hosts[partition] = NOWHERE;
    freeBytes[client] += bytes(partition);
    guests[client]--;
  }

  boolean tryMove(int stage, int client) {
    if (hosts[stage] == client || !fits(stage, client)) {
      return false;
    }
    release(stage);
    take(stage, client);
    return true;
  }

  boolean trySwap(int one, int other) {
    int host = hosts[one];
    int otherHost = hosts[other];
    if (host == otherHost) {
      return false;
    }
    release(one);
    release(other);
    if (fits(one, otherHost) && fits(other, host)) {
      take(one, otherHost);
      take(other, host);
      return true;
    }
    take(one, host);
    take(other, otherHost);
    return false;
  }

  /** Gives the free stages these hosts, which must have the room. */
  void replace(int[] others) {
    for (int stage : free) {
      if (hosts[stage] != NOWHERE) {
        release(stage);
      }
    }
    for (int stage : free) {
      take(stage, others[stage]);
    }
  }

  private long bytes(int partition) {
    return problem.demands().get(partition).memoryBytes();
  }

  /** Why a stage, the largest of those without a host, has none. */
  InfeasiblePlacement lack(int stage) {
    return Lack.ofHosts(problem, stage, hosts, freeBytes);
  }
}
