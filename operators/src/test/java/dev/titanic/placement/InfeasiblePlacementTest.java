package dev.titanic.placement;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every solver says in the same line what is missing. */
final class InfeasiblePlacementTest {
  private static final long GIB = 1L << 30;

  static Stream<PlacementSolver> onePerClient() {
    return Stream.concat(
        severalPerClient(), Stream.of(new AffinityFlowSolver(), new AffinityLpSolver()));
  }

  static Stream<PlacementSolver> severalPerClient() {
    return Stream.of(
        new AffinityKnapsackSolver(Duration.ofSeconds(10)),
        new SlowestStageSolver(),
        new StepTimeSolver(),
        new GreedyPlacement(),
        new RandomPlacement(1));
  }

  @ParameterizedTest
  @MethodSource("onePerClient")
  void ownerLacksMemoryForItsPartition(PlacementSolver solver) {
    assertLack(
        solver,
        problem(List.of(4L, 1L), List.of(3L, 8L), Map.of(), false),
        "owner has to be on client-0 and needs 4.00 GiB: client-0 has 3.00 GiB left and lacks 1.00 GiB");
  }

  @ParameterizedTest
  @MethodSource("onePerClient")
  void moreStagesThanClients(PlacementSolver solver) {
    assertLack(
        solver,
        problem(List.of(1L, 1L, 1L, 1L), List.of(8L, 8L, 8L), Map.of(), false),
        "3 stages need as many clients beside the owner client-0: there are 2");
  }

  @ParameterizedTest
  @MethodSource("onePerClient")
  void nobodyHasTheMemory(PlacementSolver solver) {
    assertLack(
        solver,
        problem(List.of(1L, 6L), List.of(8L, 2L, 5L), Map.of(), false),
        "stage-1 needs 6.00 GiB: no client has that much; client-2, with 5.00 GiB, lacks 1.00 GiB");
  }

  @ParameterizedTest
  @MethodSource("onePerClient")
  void whoHasTheMemoryHostsALargerStage(PlacementSolver solver) {
    assertLack(
        solver,
        problem(List.of(1L, 6L, 7L), List.of(8L, 8L, 4L), Map.of(), false),
        "stage-1 needs 6.00 GiB: who has that much hosts something else (client-1); of the others, client-2, with 4.00 GiB, lacks 2.00 GiB");
  }

  @ParameterizedTest
  @MethodSource("onePerClient")
  void fixedHostLacksMemory(PlacementSolver solver) {
    assertLack(
        solver,
        problem(List.of(1L, 6L), List.of(8L, 5L, 9L), Map.of(1, "client-1"), false),
        "stage-1 has to be on client-1 and needs 6.00 GiB: client-1 has 5.00 GiB left and lacks 1.00 GiB");
  }

  @ParameterizedTest
  @MethodSource("onePerClient")
  void twoStagesAreFixedOnOneClient(PlacementSolver solver) {
    assertLack(
        solver,
        problem(
            List.of(1L, 1L, 1L), List.of(8L, 5L, 9L), Map.of(1, "client-1", 2, "client-1"), false),
        "stage-1 and stage-2 have to be on client-1, and a client may host one partition");
  }

  @ParameterizedTest
  @MethodSource("onePerClient")
  void aStageIsFixedOnTheOwner(PlacementSolver solver) {
    assertLack(
        solver,
        problem(List.of(1L, 1L), List.of(8L, 5L), Map.of(1, "client-0"), false),
        "owner and stage-1 have to be on client-0, and a client may host one partition");
  }

  @ParameterizedTest
  @MethodSource("severalPerClient")
  void stagesFitOneByOneButNotTogether(PlacementSolver solver) {
    assertLack(
        solver,
        problem(List.of(2L, 3L, 3L, 3L), List.of(5L, 5L), Map.of(), true),
        "beside owner on client-0",
        "nobody has that much left; most has client-1: 2.00 GiB of 5.00 GiB, and lacks 1.00 GiB");
  }

  @ParameterizedTest
  @MethodSource("severalPerClient")
  void theOwnersPartitionCountsAgainstItsMemory(PlacementSolver solver) {
    assertLack(
        solver,
        problem(List.of(2L, 3L), List.of(4L), Map.of(), true),
        "stage-1 needs 3.00 GiB: beside owner on client-0, nobody has that much left; most has client-0: 2.00 GiB of 4.00 GiB, and lacks 1.00 GiB");
  }

  private static void assertLack(
      PlacementSolver solver, PlacementProblem problem, String... messages) {
    assertThatThrownBy(() -> solver.solve(problem))
        .isInstanceOf(InfeasiblePlacement.class)
        .hasMessageContainingAll(messages)
        .hasMessageNotContaining("\n");
  }

  private static PlacementProblem problem(
      List<Long> needed, List<Long> offered, Map<Integer, String> fixed, boolean several) {
    List<Demand> demands = new ArrayList<>();
    for (int row = 0; row < needed.size(); row++) {
      long bytes = needed.get(row) * GIB;
      demands.add(row == 0 ? Demand.owner(bytes, 1, 0, 1, 1) : Demand.stage(row, bytes, 1, 1, 1));
    }
    List<Offer> offers = new ArrayList<>();
    for (int client = 0; client < offered.size(); client++) {
      offers.add(new Offer("client-" + client, offered.get(client) * GIB, 1, 1));
    }
    return new PlacementProblem(
        demands,
        offers,
        Compute.of(demands, offers),
        Links.of(offers, 1, 0),
        List.of("client-0"),
        fixed,
        4,
        several,
        Weights.EQUAL);
  }
}
