package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.protocol.Simulation.Routing;
import dev.titanic.protocol.Simulation.Scenario;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProtocolSimulationTest {
  private static final int SEEDS = 10;

  @ParameterizedTest(name = "K={0}, {1} clients in {2} seats, {3} owners")
  @CsvSource({
    "0, 1, 1, 1",
    "1, 2, 2, 1",
    "2, 3, 3, 1",
    "2, 5, 3, 1",
    "3, 4, 4, 1",
    "2, 3, 3, 3",
    "4, 5, 3, 2"
  })
  void everyStepIsCommittedExactlyOnceWhateverFails(
      int stages, int clients, int seats, int owners) {
    Outcome outcome = runsLikeTheReference(scenario(stages, clients, seats, owners, Edge::of));
    assertThat(outcome.substitutions > 0).as("clients replaced").isEqualTo(clients > seats);
  }

  @ParameterizedTest(name = "K={0}, {1} clients in {2} seats, {3} owners at once, {4}, {5}")
  @CsvSource({
    "0, 2, 2, 2, GRADIENTS, EQUAL",
    "1, 4, 3, 2, GRADIENTS, EQUAL",
    "2, 4, 4, 4, GRADIENTS, PROPORTIONAL",
    "3, 3, 3, 3, GRADIENTS, PROPORTIONAL",
    "2, 2, 2, 1, WEIGHTS, EQUAL",
    "0, 3, 3, 3, WEIGHTS, EQUAL",
    "1, 3, 3, 2, WEIGHTS, PROPORTIONAL",
    "3, 5, 4, 4, WEIGHTS, EQUAL"
  })
  void ownersAtOnceComeToTheSameWhateverFails(
      int stages, int clients, int seats, int owners, Quantity aggregate, String draw) {
    runsLikeTheReference(
        concurrent(stages, clients, seats, owners, aggregate, draw.equals("PROPORTIONAL")));
  }

  @Test
  void oneOwnerAtOnceIsTheSameAsOneInTurn() {
    Scenario alone = concurrent(2, 3, 3, 1, Quantity.GRADIENTS, false);
    assertThat(ToyModel.Reference.of(alone))
        .isEqualTo(
            ToyModel.Reference.of(
                new Scenario(
                    2,
                    alone.clients(),
                    3,
                    alone.turns(),
                    null,
                    alone.microBatches(),
                    alone.routing())));
  }

  private record Outcome(int substitutions) {}

  private static Outcome runsLikeTheReference(Scenario scenario) {
    ToyModel.Reference reference = ToyModel.Reference.of(scenario);
    int failures = 0;
    int checkpoints = 0;
    int substitutions = 0;
    int exports = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Simulation simulation = new Simulation(scenario, seed);
      try {
        simulation.run();
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
      assertThat(simulation.losses()).as("losses, seed %d", seed).isEqualTo(reference.losses());
      assertThat(simulation.exported()).as("weights, seed %d", seed).isEqualTo(reference.weights());
      assertThat(simulation.evaluated())
          .as("evaluations, seed %d", seed)
          .contains(0L, scenario.turns().stepsPerTurn(), scenario.turns().steps());
      failures += simulation.failures();
      checkpoints += simulation.checkpoints();
      substitutions += simulation.substitutions();
      exports += simulation.exports();
    }
    assertThat(reference.skipped()).as("skipped steps").isPositive();
    assertThat(failures).as("failures over all seeds").isGreaterThan(SEEDS);
    assertThat(checkpoints).as("checkpoints over all seeds").isGreaterThan(2 * SEEDS);
    assertThat(exports).as("exports over all seeds").isGreaterThan(2 * SEEDS);
    return new Outcome(substitutions);
  }

  /** Why instructions travel with the barriers. */
  @Test
  void aMoveOverTheFeedbackEdgeWouldOvertakeABarrier() {
    Routing feedback =
        (at, to, message, stages) ->
            message instanceof Message.Move || message instanceof Message.Release
                ? Edge.FEEDBACK
                : Edge.of(at, to, message, stages);
    assertThatThrownBy(
            () -> {
              for (int seed = 0; seed < SEEDS; seed++) {
                new Simulation(scenario(2, 3, 3, 1, feedback), seed).run();
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("snapshot");
  }

  private static Scenario scenario(
      int stages, int clients, int seats, int owners, Routing routing) {
    List<String> ids = IntStream.range(0, clients).mapToObj(i -> "client-" + i).toList();
    Turns turns = new Turns(ids.subList(0, owners), owners == 1 ? 40 : 7, owners == 1 ? 1 : 3);
    return new Scenario(stages, ids, seats, turns, null, 4, routing);
  }

  /** Four rounds; the later an owner, the more data it has. */
  private static Scenario concurrent(
      int stages, int clients, int seats, int owners, Quantity aggregate, boolean proportional) {
    List<String> ids = IntStream.range(0, clients).mapToObj(i -> "client-" + i).toList();
    List<String> data = ids.subList(0, owners);
    Map<String, Long> amounts = new HashMap<>();
    data.forEach(owner -> amounts.put(owner, 1L + 3L * amounts.size()));
    return new Scenario(
        stages,
        ids,
        seats,
        new Turns(data.subList(0, 1), owners == 1 ? 10 : 6, 4),
        new Concurrency(
            data,
            aggregate,
            proportional ? Draw.proportionalTo(amounts) : Draw.EQUAL,
            aggregate == Quantity.WEIGHTS && stages == 0),
        3,
        Edge::of);
  }
}
