package dev.titanic.benchmarks;

import dev.titanic.placement.Compute;
import dev.titanic.placement.Demand;
import dev.titanic.placement.Links;
import dev.titanic.placement.Offer;
import dev.titanic.placement.PlacementProblem;
import dev.titanic.placement.Weights;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Clients and stages that differ by an order of magnitude: memory of 6 to 24 GB, 2 to 40 TFLOPS and
 * 20 to 1000 Mbit/s, the latter two spread evenly over their logarithms.
 */
final class RandomPlacementProblem {
  private static final long GIGABYTE = 1_000_000_000;
  private static final double TERA = 1e12;
  private static final double BYTES_PER_MEGABIT = 1e6 / 8;
  private static final long BOUNDARY_BYTES = 8_000_000;
  private static final double LATENCY_SECONDS = 0.005;
  private static final int MICRO_BATCHES = 8;
  private static final long[] GIGABYTES = {6, 8, 12, 16, 24};

  private RandomPlacementProblem() {}

  static PlacementProblem draw(long seed, int clients, int stages, boolean severalPerClient) {
    Random random = new Random(seed);
    List<Offer> offers =
        IntStream.range(0, clients).mapToObj(client -> offer(random, client)).toList();
    List<Demand> demands =
        IntStream.rangeClosed(0, stages).mapToObj(stage -> demand(random, stage)).toList();
    return new PlacementProblem(
        demands,
        offers,
        Compute.of(demands, offers),
        Links.of(offers, BOUNDARY_BYTES, LATENCY_SECONDS),
        List.of(offers.get(0).client()),
        Map.of(),
        MICRO_BATCHES,
        severalPerClient,
        Weights.EQUAL);
  }

  private static Offer offer(Random random, int client) {
    long memory = GIGABYTES[random.nextInt(GIGABYTES.length)] * GIGABYTE;
    double flops = logUniform(random, 2, 40) * TERA;
    double bandwidth = logUniform(random, 20, 1000) * BYTES_PER_MEGABIT;
    return new Offer("client-" + client, memory, flops, bandwidth);
  }

  private static Demand demand(Random random, int stage) {
    if (stage == 0) {
      return Demand.owner(5 * GIGABYTE, 4 * TERA, 2 * TERA, BOUNDARY_BYTES, GIGABYTE);
    }
    long memory = (long) (uniform(random, 3, 11) * GIGABYTE);
    long traffic = (long) (uniform(random, 0.2, 1) * BOUNDARY_BYTES);
    return Demand.stage(stage, memory, uniform(random, 1, 5) * TERA, traffic, GIGABYTE);
  }

  private static double uniform(Random random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private static double logUniform(Random random, double low, double high) {
    return Math.exp(uniform(random, Math.log(low), Math.log(high)));
  }
}
