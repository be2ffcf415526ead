package dev.titanic.nn.partition;

import dev.titanic.nn.shape.PassCost;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Models and hosts that are small enough to try every cut. */
final class RandomCosts {
  private static final long MEGABYTE = 1 << 20;

  private final Random random;

  RandomCosts(long seed) {
    this.random = new Random(seed);
  }

  ModelCost model(int blocks, boolean alike) {
    List<PartCost> parts = new ArrayList<>();
    if (alike) {
      parts.addAll(Collections.nCopies(blocks, part()));
    } else {
      IntStream.range(0, blocks).forEach(block -> parts.add(part()));
    }
    return new ModelCost(
        new BatchShape(1 + random.nextInt(6), 1, 8),
        part(),
        parts,
        part(),
        WeightCost.NONE,
        0,
        MEGABYTE);
  }

  private PartCost part() {
    long weights = (10 + random.nextInt(50)) * MEGABYTE;
    long kept = (1 + random.nextInt(20)) * MEGABYTE;
    double flops = 1e9 * (1 + random.nextInt(20));
    return new PartCost(
        new WeightCost(weights / 4, weights / 4, weights, weights),
        new PassCost(kept, kept, kept + MEGABYTE, kept + 2 * MEGABYTE, flops, 2 * flops));
  }

  List<Host> hosts(int count) {
    return IntStream.range(0, count).mapToObj(index -> host("h" + index)).toList();
  }

  Host host(String id) {
    return new Host(
        id,
        memory(),
        random.nextInt(4) == 0 ? null : (1 + random.nextInt(8)) * 1_000_000_000L,
        random.nextInt(4) == 0);
  }

  private @Nullable Long memory() {
    return random.nextInt(4) == 0 ? null : (200 + random.nextInt(1200)) * MEGABYTE;
  }
}
