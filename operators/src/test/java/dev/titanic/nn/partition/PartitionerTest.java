package dev.titanic.nn.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.nn.Cut;
import dev.titanic.nn.partition.BruteForce.Quality;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartitionerTest {
  private static final int INSTANCES = 150;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cutsAsWellAsTryingEveryCut(boolean alike) {
    for (int seed = 0; seed < INSTANCES; seed++) {
      Random random = new Random(seed);
      RandomCosts costs = new RandomCosts(seed);
      int ownerBlocks = random.nextInt(3);
      List<Host> hosts = costs.hosts(1 + random.nextInt(4));
      ModelCost model = costs.model(ownerBlocks + hosts.size() + random.nextInt(6), alike);
      Cut cut = new Partitioner(model, ownerBlocks).cut(hosts);
      if (hosts.stream().noneMatch(Host::isProfiled)) {
        continue;
      }

      BruteForce bruteForce = new BruteForce(model, ownerBlocks, hosts);
      List<Integer> sizes = cut.blocksPerPartition().subList(1, hosts.size() + 1);
      Quality found = bruteForce.quality(hosts, sizes);
      Quality best = bruteForce.best(hosts);
      assertThat(found.lack()).as("seed %d: %s", seed, cut).isEqualTo(best.lack());
      assertThat(found.slowest())
          .as("seed %d: %s", seed, cut)
          .isCloseTo(best.slowest(), within(1e-9 * best.slowest()));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void choosesHostsAsWellAsTryingAll(boolean alike) {
    int feasible = 0;
    for (int seed = 0; seed < INSTANCES; seed++) {
      Random random = new Random(seed);
      RandomCosts costs = new RandomCosts(seed);
      int ownerBlocks = random.nextInt(2);
      Host owner = costs.host("owner");
      List<Host> candidates = costs.hosts(1 + random.nextInt(4));
      ModelCost model = costs.model(ownerBlocks + 1 + random.nextInt(7), alike);
      List<Host> everybody =
          IntStream.rangeClosed(0, candidates.size())
              .mapToObj(index -> index == 0 ? owner : candidates.get(index - 1))
              .toList();
      List<Host> chosen = new Partitioner(model, ownerBlocks).chooseHosts(owner, candidates);

      BruteForce bruteForce = new BruteForce(model, ownerBlocks, everybody);
      Optional<Quality> best = bruteForce.feasible(owner, candidates).min(Quality.ORDER);
      if (best.isPresent()) {
        feasible++;
        Quality found = bruteForce.best(chosen).and(bruteForce.owner(owner, chosen.size()));
        assertThat(found.lack()).as("seed %d", seed).isZero();
        assertThat(found.slowest())
            .as("seed %d: %s", seed, chosen)
            .isCloseTo(best.get().slowest(), within(1e-9 * best.get().slowest()));
      }
    }
    assertThat(feasible).isBetween(INSTANCES / 4, INSTANCES - 1);
  }

  @Test
  void dealsEvenlyWithoutProfiles() {
    ModelCost model = new RandomCosts(1).model(12, true);
    List<Host> hosts = List.of(unprofiled("a"), unprofiled("b"), unprofiled("c"));

    assertThat(new Partitioner(model, 1).cut(hosts)).isEqualTo(Cut.even(12, 1, 3));
  }

  @Test
  void dealsEvenlyToEquals() {
    ModelCost model = new RandomCosts(1).model(33, true);
    List<Host> hosts =
        IntStream.range(0, 7).mapToObj(i -> new Host("h" + i, 1L << 40, 1_000L, false)).toList();

    assertThat(new Partitioner(model, 1).cut(hosts)).isEqualTo(Cut.even(33, 1, 7));
  }

  @Test
  void leavesOutAClientThatWouldSlowTheRestDown() {
    ModelCost model = new RandomCosts(1).model(9, true);
    List<Host> hosts =
        List.of(
            new Host("fast", null, 1_000_000L, false),
            new Host("slow", null, 10L, false),
            new Host("as fast", null, 1_000_000L, false));
    Host owner = new Host("owner", null, 1_000_000L, true);

    assertThat(new Partitioner(model, 1).chooseHosts(owner, hosts))
        .extracting(Host::id)
        .containsExactly("fast", "as fast");
  }

  @Test
  void takesAHundredClients() {
    RandomCosts costs = new RandomCosts(3);
    ModelCost model = costs.model(81, true);
    List<Host> hosts = costs.hosts(100);
    Partitioner partitioner = new Partitioner(model, 1);

    List<Host> chosen = partitioner.chooseHosts(unprofiled("owner"), hosts);

    assertThat(partitioner.cut(chosen).blocks()).isEqualTo(81);
  }

  private static Host unprofiled(String id) {
    return new Host(id, null, null, false);
  }
}
