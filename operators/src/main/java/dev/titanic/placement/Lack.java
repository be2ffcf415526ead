package dev.titanic.placement;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is missing where there is no placement, in one line. */
final class Lack {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final double STEP = 1024;
  private static final int MOST_NAMES = 8;

  private final PlacementProblem problem;
  private final int[] hosts;
  private final long[] freeBytes;

  private Lack(PlacementProblem problem, int[] hosts, long[] freeBytes) {
    this.problem = problem;
    this.hosts = hosts;
    this.freeBytes = freeBytes;
  }

  /** A partition has to be on a client that has not the memory. */
  static InfeasiblePlacement ofMemory(
      PlacementProblem problem, int partition, int client, long freeBytes) {
    Demand demand = problem.demands().get(partition);
    return new InfeasiblePlacement(
        "%s has to be on %s and needs %s: %s has %s left and lacks %s"
            .formatted(
                demand.partition(),
                problem.offers().get(client).client(),
                size(demand.memoryBytes()),
                problem.offers().get(client).client(),
                size(freeBytes),
                size(demand.memoryBytes() - freeBytes)));
  }

  /** A stage is fixed on a client that hosts something else, and may host one partition. */
  static InfeasiblePlacement ofSeats(PlacementProblem problem, int stage, int client, int[] hosts) {
    int other = 0;
    while (hosts[other] != client) {
      other++;
    }
    return new InfeasiblePlacement(
        "%s and %s have to be on %s, and a client may host one partition"
            .formatted(
                problem.demands().get(other).partition(),
                problem.demands().get(stage).partition(),
                problem.offers().get(client).client()));
  }

  /**
   * A stage, the largest of those without a host, has none.
   *
   * @param hosts client of each partition, {@link Occupancy#NOWHERE} where none is chosen
   * @param freeBytes what each client has left
   */
  static InfeasiblePlacement ofHosts(
      PlacementProblem problem, int stage, int[] hosts, long[] freeBytes) {
    return new InfeasiblePlacement(new Lack(problem, hosts, freeBytes).ofStage(stage));
  }

  private String ofStage(int stage) {
    String demand =
        "%s needs %s: "
            .formatted(
                problem.demands().get(stage).partition(),
                size(problem.demands().get(stage).memoryBytes()));
    if (!problem.severalPerClient() && clients().count() <= problem.stages()) {
      return "%d stages need as many clients beside the owner %s: there are %d"
          .formatted(problem.stages(), problem.owner(), clients().count() - 1);
    }
    if (problem.severalPerClient()) {
      int roomiest = roomiest(clients());
      return demand
          + "beside %s, nobody has that much left; most has %s: %s of %s, and lacks %s"
              .formatted(
                  placed(),
                  name(roomiest),
                  size(freeBytes[roomiest]),
                  memory(roomiest),
                  lack(stage, roomiest));
    }
    IntStream others = clients().filter(client -> !isTaken(client));
    int roomiest = roomiest(others);
    String most =
        "%s, with %s, lacks %s".formatted(name(roomiest), memory(roomiest), lack(stage, roomiest));
    String taken = whoHasEnough(stage);
    return taken.isEmpty()
        ? demand + "no client has that much; " + most
        : demand + taken + "; of the others, " + most;
  }

  private String whoHasEnough(int stage) {
    long needed = problem.demands().get(stage).memoryBytes();
    int[] enough =
        clients()
            .filter(client -> client != hosts[0])
            .filter(client -> problem.offers().get(client).memoryBytes() >= needed)
            .toArray();
    if (enough.length == 0) {
      return "";
    }
    String names =
        IntStream.of(enough)
            .limit(MOST_NAMES)
            .mapToObj(this::name)
            .collect(Collectors.joining(", "));
    return "who has that much hosts something else (%s%s)"
        .formatted(names, enough.length > MOST_NAMES ? ", ..." : "");
  }

  private String placed() {
    return IntStream.range(0, hosts.length)
        .filter(partition -> hosts[partition] != Occupancy.NOWHERE)
        .limit(MOST_NAMES)
        .mapToObj(
            partition ->
                problem.demands().get(partition).partition() + " on " + name(hosts[partition]))
        .collect(Collectors.joining(", "));
  }

  private IntStream clients() {
    return IntStream.range(0, problem.offers().size());
  }

  private boolean isTaken(int client) {
    return IntStream.of(hosts).anyMatch(host -> host == client);
  }

  private int roomiest(IntStream clients) {
    return clients
        .reduce((best, client) -> freeBytes[client] > freeBytes[best] ? client : best)
        .orElseThrow();
  }

  private String name(int client) {
    return problem.offers().get(client).client();
  }

  private String memory(int client) {
    return size(problem.offers().get(client).memoryBytes());
  }

  private String lack(int stage, int client) {
    return size(problem.demands().get(stage).memoryBytes() - freeBytes[client]);
  }

  private static String size(long bytes) {
    double scaled = bytes;
    int unit = 0;
    while (scaled >= STEP && unit < UNITS.length - 1) {
      scaled /= STEP;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.2f %s", scaled, UNITS[unit]);
  }
}
