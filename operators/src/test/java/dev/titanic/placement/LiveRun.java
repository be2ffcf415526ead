package dev.titanic.placement;

import dev.titanic.schemas.edge.HostedWork;
import dev.titanic.schemas.edge.Message.Measured;
import dev.titanic.schemas.edge.Message.Profile;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.edge.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A run as a live placement sees it: steps that take what clients really need, with noise. */
final class LiveRun {
  static final int MICRO_BATCHES = 4;
  static final Duration SILENCE = Duration.ofSeconds(60);

  private static final double FLOPS = 1e9;
  private static final double OUTLIERS = 0.02;
  private static final double MICRO_BATCH_NANOS = 10e6;
  private static final long LINK_NANOS = 500_000;

  private final Random random;
  private final double noise;
  private final Map<String, Double> slowness = new HashMap<>();
  private final PlacementPolicy policy;
  private final Estimates estimates;
  private List<String> otherOwners = List.of();
  private List<String> present;
  private List<String> hosts;
  private Instant now = Instant.EPOCH;
  private long epoch;
  private long step;
  private long remaining = 1_000;

  LiveRun(long seed, double noise, List<String> clients, List<String> hosts) {
    this.random = new Random(seed);
    this.noise = noise;
    this.present = clients;
    this.hosts = hosts;
    PlacementSettings settings = settings(clients, hosts.size() - 1);
    this.policy = PlacementPolicy.of(settings);
    this.estimates = new Estimates(settings, () -> now);
  }

  static PlacementSettings settings(List<String> clients, int stages) {
    List<Demand> demands = new ArrayList<>();
    demands.add(Demand.owner(1 << 20, FLOPS, FLOPS / 2, 1 << 16, 1 << 20));
    for (int stage = 1; stage <= stages; stage++) {
      demands.add(Demand.stage(stage, 1 << 20, FLOPS, 1 << 16, 1 << 20));
    }
    return new PlacementSettings(
        demands,
        clients.stream().map(id -> new Client(id, null, null, null, false)).toList(),
        1 << 16,
        MICRO_BATCHES,
        Map.of(),
        false,
        Objective.STEP_TIME,
        Weights.EQUAL,
        0.5,
        Duration.ofSeconds(30),
        SILENCE);
  }

  /** A client needs so many times the time of others. */
  void slow(String client, double factor) {
    slowness.put(client, factor);
  }

  /** These own data, too, and train in the same steps as the first owner. */
  void alsoOwn(String... clients) {
    otherOwners = List.of(clients);
  }

  void leaves(int steps) {
    remaining = steps;
  }

  void columns(String... clients) {
    present = List.of(clients);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  void says(String client, double flops) {
    estimates.add(new Profile(client, Long.MAX_VALUE, flops, 0, 0));
  }

  /** Runs steps. */
  void train(int steps) {
    for (int i = 0; i < steps; i++) {
      List<Integer> columns = hosts.stream().map(present::indexOf).toList();
      estimates.add(
          new Measured(
              new Transaction(
                  step + 1,
                  step,
                  new Route(columns.subList(0, 1), columns.subList(1, columns.size()))),
              epoch,
              remaining,
              present,
              hosts,
              work()));
      step++;
    }
  }

  private List<HostedWork> work() {
    int owners = 1 + otherOwners.size();
    List<Long> computing = new ArrayList<>();
    for (int row = 0; row < hosts.size(); row++) {
      computing.add((row == 0 ? 1 : owners) * nanos(hosts.get(row)));
    }
    List<HostedWork> work = new ArrayList<>();
    for (int row = 0; row < hosts.size(); row++) {
      long nanos = computing.get(row);
      long trip = computing.get((row + 1) % hosts.size()) + 2 * LINK_NANOS;
      work.add(
          new HostedWork(
              row,
              hosts.get(row),
              (row == 0 ? 1 : owners) * MICRO_BATCHES,
              new Work(nanos / 3, nanos - nanos / 3, nanos, 0, ofEach(trip), ofEach(nanos))));
    }
    for (String owner : otherOwners) {
      long nanos = nanos(owner);
      work.add(
          new HostedWork(
              0,
              owner,
              MICRO_BATCHES,
              new Work(nanos / 3, nanos - nanos / 3, nanos, 0, Map.of(), Map.of())));
    }
    return work;
  }

  private static Map<Integer, Long> ofEach(long nanos) {
    return IntStream.range(0, MICRO_BATCHES)
        .boxed()
        .collect(Collectors.toMap(index -> index, index -> nanos));
  }

  private long nanos(String host) {
    double outlier = random.nextDouble() < OUTLIERS ? 10 : 1;
    return (long)
        (MICRO_BATCHES
            * MICRO_BATCH_NANOS
            * slowness.getOrDefault(host, 1.0)
            * Math.exp(noise * random.nextGaussian())
            * outlier);
  }

  Estimates estimates() {
    return estimates;
  }

  List<String> hosts() {
    return hosts;
  }

  /** Solves, and does what is decided. */
  Decision solve() {
    Decision decision = policy.decide(estimates.situation().orElseThrow());
    if (decision.moves()) {
      hosts = decision.hosts();
      epoch++;
    }
    return decision;
  }
}
