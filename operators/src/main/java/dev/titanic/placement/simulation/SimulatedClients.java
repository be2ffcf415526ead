package dev.titanic.placement.simulation;

import dev.titanic.placement.Offer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Clients as the paper draws them for its figure 5. A GB has 10^9 bytes.
 *
 * <ul>
 *   <li>memory: 4, 8, 12, 16, 20 or 24 GB, the nearest to a normal number of mean 12 and deviation
 *       6;
 *   <li>bandwidth: 1 to 100 Mbps, a normal number of mean 50 and deviation 25 within 0 to 100,
 *       rounded; who has 0 could not take part;
 *   <li>computation: 5 to 80 TFLOPS, normal with mean 40 and deviation 20.
 * </ul>
 */
final class SimulatedClients {
  private static final double BYTES_PER_GB = 1e9;
  private static final double BYTES_PER_MEGABIT = 1e6 / Byte.SIZE;
  private static final double FLOPS_PER_TFLOPS = 1e12;

  private static final int MEMORY_STEP = 4;
  private static final int MOST_MEMORY = 24;
  private static final double MEAN_MEMORY = 12;
  private static final double MEMORY_DEVIATION = 6;

  private static final TruncatedNormal BANDWIDTH = new TruncatedNormal(50, 25, 0.5, 100);
  private static final TruncatedNormal COMPUTATION = new TruncatedNormal(40, 20, 5, 80);

  private SimulatedClients() {}

  static List<Offer> draw(int clients, Random random) {
    return IntStream.range(0, clients)
        .mapToObj(client -> draw("client-" + client, random))
        .toList();
  }

  private static Offer draw(String id, Random random) {
    double memory = MEAN_MEMORY + MEMORY_DEVIATION * random.nextGaussian();
    long steps = Math.round(memory / MEMORY_STEP);
    long gigabytes = Math.min(MOST_MEMORY, Math.max(MEMORY_STEP, MEMORY_STEP * steps));
    return new Offer(
        id,
        (long) (gigabytes * BYTES_PER_GB),
        COMPUTATION.draw(random) * FLOPS_PER_TFLOPS,
        Math.round(BANDWIDTH.draw(random)) * BYTES_PER_MEGABIT);
  }
}
