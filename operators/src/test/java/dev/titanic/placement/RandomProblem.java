package dev.titanic.placement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Problems drawn by a seed: unlike clients, unlike stages, some pairs measured. */
final class RandomProblem {
  private static final long MIB = 1 << 20;
  private static final long BOUNDARY = 2 * MIB;
  private static final double LATENCY = 0.002;

  private final Random random;
  private final int clients;
  private final int stages;
  private boolean severalPerClient;
  private double scarcity = 1;
  private int fixedStages;
  private int owners = 1;

  RandomProblem(long seed, int clients, int stages) {
    this.random = new Random(seed);
    this.clients = clients;
    this.stages = stages;
  }

  RandomProblem severalPerClient() {
    severalPerClient = true;
    return this;
  }

  /** How much memory stages need, of what clients have on average. */
  RandomProblem scarcity(double share) {
    scarcity = share;
    return this;
  }

  RandomProblem fixedStages(int count) {
    fixedStages = count;
    return this;
  }

  /** So many of the first clients own data at once. */
  RandomProblem owners(int count) {
    owners = count;
    return this;
  }

  PlacementProblem draw() {
    List<Demand> demands =
        IntStream.rangeClosed(0, stages)
            .mapToObj(
                stage ->
                    stage == 0
                        ? Demand.owner(400 * MIB, uniform(1e9, 4e9), 1e9, BOUNDARY, MIB)
                        : Demand.stage(
                            stage,
                            (long) (uniform(200, 1000) * scarcity * MIB),
                            uniform(1e9, 8e9),
                            BOUNDARY,
                            MIB))
            .toList();
    List<Offer> offers =
        IntStream.range(0, clients)
            .mapToObj(
                client ->
                    new Offer(
                        "client-" + client,
                        (long) (uniform(client == 0 ? 500 : 100, 1200) * MIB),
                        uniform(5e9, 80e9),
                        uniform(2e6, 100e6)))
            .toList();
    Links links = Links.of(offers, BOUNDARY, LATENCY);
    Compute compute = Compute.of(demands, offers);
    for (int pair = 0; pair < clients; pair++) {
      int from = random.nextInt(clients);
      int to = (from + 1 + random.nextInt(clients - 1)) % clients;
      links = links.with(from, to, uniform(0.01, 0.6));
      int partition = random.nextInt(stages + 1);
      compute = compute.with(partition, from, uniform(0.05, 1));
    }
    Map<Integer, String> fixed = new HashMap<>();
    for (int stage = 1; stage <= fixedStages; stage++) {
      fixed.put(stage, "client-" + (clients - stage));
    }
    return new PlacementProblem(
        demands,
        offers,
        compute,
        links,
        IntStream.range(0, owners).mapToObj(owner -> "client-" + owner).toList(),
        fixed,
        1 + random.nextInt(6),
        severalPerClient,
        new Weights(uniform(0.5, 2), uniform(0.5, 2)));
  }

  private double uniform(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
