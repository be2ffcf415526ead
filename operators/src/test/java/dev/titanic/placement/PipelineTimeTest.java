package dev.titanic.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PipelineTimeTest {
  private static final double TOLERANCE = 1e-9;

  @Test
  void withoutStagesTheOwnerDoesAllMicroBatches() {
    PlacementProblem problem = problem(5, 0, 0, 3);

    assertThat(PipelineTime.seconds(problem, List.of("client-0"))).isCloseTo(15, within(TOLERANCE));
  }

  @Test
  void oneMicroBatchGoesThereAndBack() {
    PlacementProblem problem = problem(1, 0.5, 0.25, 3, 4, 5);
    double hops = 6 * (0.5 + 0.25);

    assertThat(seconds(problem)).isCloseTo(3 + 4 + 5 + hops, within(TOLERANCE));
  }

  @Test
  void slowestStageIsNeverIdleBetweenItsFirstAndItsLastMicroBatch() {
    PlacementProblem problem = problem(20, 0, 0, 0.3, 30, 0.3);

    assertThat(seconds(problem)).isBetween(20 * 30 + 0.3, 20 * 30 + 1.0);
  }

  @Test
  void likePartitionsWorkAtOnce() {
    PlacementProblem problem = problem(60, 0, 0, 1, 1, 1, 1);

    assertThat(seconds(problem)).isBetween(60.0, 90.0);
  }

  @Test
  void aClientDoesOneThingAtATime() {
    PlacementProblem problem = problem(6, 0, 0, 0, 2, 3);

    assertThat(PipelineTime.seconds(problem, List.of("client-0", "client-1", "client-1")))
        .isCloseTo(6 * (2 + 3), within(TOLERANCE));
  }

  @Test
  void windowLetsOneMicroBatchMoreThanStagesBeOnTheirWay() {
    PlacementProblem problem = problem(4, 0, 0.5, 0, 0);
    double way = 4 * 0.5;

    assertThat(seconds(problem)).isCloseTo(2 * way, within(TOLERANCE));
  }

  @Test
  void sendersAreBusyWhileTheySend() {
    PlacementProblem problem = problem(10, 0.5, 0, 0, 0);

    // The owner sends a hidden state and a head's gradient of each, the stage as much.
    assertThat(seconds(problem)).isBetween(10 * 2 * 0.5, 10 * 2 * 0.5 + 2);
  }

  @Test
  void measuredTimesReplaceThoseOfTheOffers() {
    PlacementProblem problem = problem(1, 0, 0, 1, 1);
    PlacementProblem measured =
        new PlacementProblem(
            problem.demands(),
            problem.offers(),
            problem.compute().with(1, 1, 7),
            problem.links().with(0, 1, 2).with(1, 0, 3),
            problem.owners(),
            Map.of(),
            1,
            false,
            Weights.EQUAL);

    assertThat(seconds(measured)).isCloseTo(1 + 7 + 2 * (2 + 3), within(TOLERANCE));
  }

  @Test
  void ownersAtOnceWithoutStagesTakeAsLongAsTheSlowest() {
    PlacementProblem problem = ofOwners(List.of("client-0", "client-1"), 5, 0, 3);

    assertThat(seconds(slow(problem, 0, "client-1", 4))).isCloseTo(5 * 4, within(TOLERANCE));
  }

  @Test
  void aStageHasTheMicroBatchesOfAllOwners() {
    PlacementProblem problem = ofOwners(List.of("client-0", "client-2", "client-3"), 5, 0, 0.1, 2);

    assertThat(seconds(problem)).isBetween(3 * 5 * 2.0, 3 * 5 * 2 + 0.2);
  }

  @Test
  void anOwnerThatHostsAStageHasBothLoads() {
    PlacementProblem problem = ofOwners(List.of("client-0", "client-1"), 5, 0, 3, 2);
    List<String> elsewhere = List.of("client-0", "client-2");

    assertThat(PipelineTime.seconds(problem, List.of("client-0", "client-1")))
        .isGreaterThanOrEqualTo(5 * 3 + 2 * 5 * 2);
    assertThat(PipelineTime.seconds(problem, elsewhere)).isLessThan(5 * 3 + 2 * 5 * 2 - 5);
  }

  @Test
  void theSlowestOwnerHoldsUpTheOthers() {
    PlacementProblem problem = ofOwners(List.of("client-0", "client-2"), 6, 0, 1, 0.5);

    assertThat(seconds(slow(problem, 0, "client-2", 10))).isBetween(6 * 10.0, 6 * 10 + 6.0);
  }

  @Test
  void linksToAllOwnersCount() {
    PlacementProblem problem = ofOwners(List.of("client-0", "client-2"), 1, 0, 1, 1);
    int far = problem.client("client-2");
    PlacementProblem distant =
        with(problem, problem.compute(), problem.links().with(far, 1, 5).with(1, far, 5));

    // its hidden state there and back, and its two gradients
    assertThat(seconds(distant)).isCloseTo(1 + 1 + 4 * 5, within(1.0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void liesBetweenItsBoundAndOneMicroBatchAfterTheOther(int owners) {
    for (int seed = 0; seed < 200; seed++) {
      PlacementProblem problem = new RandomProblem(seed, 6, 1 + seed % 5).owners(owners).draw();
      int[] hosts = new Random(seed).ints(problem.stages() + 1, 0, 6).toArray();
      hosts[0] = 0;
      double sum =
          IntStream.range(0, owners).mapToDouble(owner -> way(problem, owner, hosts)).sum();
      double seconds = new PipelineTime(problem).seconds(hosts);
      StepBound bound = new StepBound(problem);

      assertThat(seconds)
          .as("seed %d", seed)
          .isBetween(
              bound.seconds(hosts, hosts.length) * (1 - TOLERANCE),
              problem.microBatches() * sum * (1 + TOLERANCE));
      for (int known = 1; known < hosts.length; known++) {
        assertThat(bound.seconds(hosts, known))
            .as("seed %d, %d known", seed, known)
            .isLessThanOrEqualTo(seconds * (1 + TOLERANCE));
      }
    }
  }

  /** Of a micro-batch of an owner, through all stages and back. */
  private static double way(PlacementProblem problem, int owner, int[] hosts) {
    int[] clients = hosts.clone();
    clients[0] = problem.client(problem.owners().get(owner));
    double sum = 0;
    for (int row = 0; row < clients.length; row++) {
      int next = clients[(row + 1) % clients.length];
      sum += problem.compute().seconds(row, clients[row]);
      sum += problem.links().seconds(clients[row], next);
      sum += problem.links().seconds(next, clients[row]);
    }
    return sum;
  }

  private static double seconds(PlacementProblem problem) {
    return new PipelineTime(problem).seconds(IntStream.rangeClosed(0, problem.stages()).toArray());
  }

  /** Clients that compute 1 operation a second, and partitions that take so many seconds. */
  private static PlacementProblem problem(
      int microBatches, double transfer, double latency, double... work) {
    List<Demand> demands = new ArrayList<>();
    List<Offer> offers = new ArrayList<>();
    for (int row = 0; row < work.length; row++) {
      demands.add(
          row == 0 ? Demand.owner(0, work[0], 0, 10, 0) : Demand.stage(row, 0, work[row], 10, 0));
      offers.add(
          new Offer(
              "client-" + row,
              Long.MAX_VALUE,
              1,
              transfer == 0 ? Double.POSITIVE_INFINITY : 10 / transfer));
    }
    return PlacementProblem.of(
        demands, offers, Links.of(offers, 10, latency), "client-0", microBatches);
  }

  /** The same for owners at once, and with two more clients; nothing takes time on the way. */
  private static PlacementProblem ofOwners(
      List<String> owners, int microBatches, double latency, double... work) {
    List<Demand> demands = problem(microBatches, 0, latency, work).demands();
    List<Offer> offers =
        IntStream.range(0, 4)
            .mapToObj(
                client ->
                    new Offer("client-" + client, Long.MAX_VALUE, 1, Double.POSITIVE_INFINITY))
            .toList();
    return new PlacementProblem(
        demands,
        offers,
        Compute.of(demands, offers),
        Links.of(offers, 10, latency),
        owners,
        Map.of(),
        microBatches,
        true,
        Weights.EQUAL);
  }

  private static PlacementProblem slow(
      PlacementProblem problem, int partition, String client, double seconds) {
    Compute compute = problem.compute().with(partition, problem.client(client), seconds);
    return with(problem, compute, problem.links());
  }

  private static PlacementProblem with(PlacementProblem problem, Compute compute, Links links) {
    return new PlacementProblem(
        problem.demands(),
        problem.offers(),
        compute,
        links,
        problem.owners(),
        problem.fixed(),
        problem.microBatches(),
        problem.severalPerClient(),
        problem.weights());
  }
}
