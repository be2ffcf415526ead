package dev.titanic.protocol;

import static java.math.BigDecimal.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.protocol.Simulation.Routing;
import dev.titanic.protocol.Simulation.Scenario;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProtocolSimulationTest {
  private static final int SEEDS = 10;

  @ParameterizedTest(name = "K={0}, {1} clients in {2} seats, {3} owners, {4} epochs a turn")
  @CsvSource({
    "0, 1, 1, 1, 0",
    "1, 2, 2, 1, 0",
    "2, 3, 3, 1, 0",
    "2, 5, 3, 1, 0",
    "3, 4, 4, 1, 0",
    "2, 3, 3, 3, 0",
    "4, 5, 3, 2, 0",
    "1, 2, 2, 1, 1",
    "2, 3, 3, 3, 1",
    "2, 5, 3, 2, 2",
    "1, 2, 2, 1, 0.125",
    "2, 3, 3, 3, 0.125",
    "2, 4, 3, 3, 0.1875",
    "1, 3, 3, 3, 1.5"
  })
  void everyStepIsCommittedExactlyOnceWhateverFails(
      int stages, int clients, int seats, int owners, BigDecimal epochs) {
    Outcome outcome =
        runsLikeTheReference(scenario(stages, clients, seats, turns(owners, epochs), Edge::of));
    assertThat(outcome.substitutions > 0).as("clients replaced").isEqualTo(clients > seats);
  }

  @ParameterizedTest(
      name = "K={0}, {1} clients in {2} seats, {3} owners at once, {4}, {5}, {6} epochs a round")
  @CsvSource({
    "0, 2, 2, 2, GRADIENTS, EQUAL, 0",
    "1, 4, 3, 2, GRADIENTS, EQUAL, 0",
    "2, 4, 4, 4, GRADIENTS, PROPORTIONAL, 1",
    "3, 3, 3, 3, GRADIENTS, PROPORTIONAL, 2",
    "2, 2, 2, 1, WEIGHTS, EQUAL, 0",
    "0, 3, 3, 3, WEIGHTS, EQUAL, 0",
    "1, 3, 3, 3, WEIGHTS, PROPORTIONAL, 1",
    "3, 5, 4, 4, WEIGHTS, EQUAL, 0",
    "2, 4, 4, 3, GRADIENTS, EQUAL, 1",
    "1, 4, 4, 3, GRADIENTS, PROPORTIONAL, 1",
    "0, 4, 4, 4, WEIGHTS, EQUAL, 2",
    "2, 2, 2, 1, GRADIENTS, EQUAL, 0.125",
    "2, 4, 4, 4, GRADIENTS, PROPORTIONAL, 0.125",
    "1, 3, 3, 3, WEIGHTS, PROPORTIONAL, 0.1875",
    "0, 4, 4, 4, WEIGHTS, EQUAL, 0.125",
    "1, 5, 4, 3, GRADIENTS, EQUAL, 1.5"
  })
  void ownersAtOnceComeToTheSameWhateverFails(
      int stages,
      int clients,
      int seats,
      int owners,
      Quantity aggregate,
      String draw,
      BigDecimal epochs) {
    boolean proportional = draw.equals("PROPORTIONAL");
    runsLikeTheReference(
        concurrent(stages, clients, seats, owners, aggregate, proportional, epochs));
  }

  @ParameterizedTest(
      name = "K={0}, {1} clients in {2} seats, {3} owners at once, {4}, {5} epochs a round")
  @CsvSource({
    "1, 4, 3, 2, GRADIENTS, 0",
    "2, 4, 4, 4, GRADIENTS, 0",
    "1, 3, 3, 3, GRADIENTS, 0.125",
    "0, 3, 3, 3, WEIGHTS, 0",
    "2, 5, 4, 4, WEIGHTS, 0",
    "0, 4, 4, 4, WEIGHTS, 0.125"
  })
  void masksChangeNothingButWhatTheServerSees(
      int stages, int clients, int seats, int owners, Quantity aggregate, BigDecimal epochs) {
    Scenario plain = concurrent(stages, clients, seats, owners, aggregate, false, epochs);
    Scenario masked = plain.withMasks();

    runsLikeTheReference(masked);

    // whole numbers are exact; a mean of them is rounded to other bits than float64. At the end of
    // unequal topics masks pass over what one owner alone would give
    if (aggregate == Quantity.GRADIENTS && epochs.signum() == 0) {
      assertThat(ToyModel.Reference.of(masked)).isEqualTo(ToyModel.Reference.of(plain));
    }
  }

  @ParameterizedTest(name = "{0} epochs a round")
  @CsvSource({"1", "0.125"})
  void whatOneOwnerAloneWouldGiveUnderMasksIsPassedOver(BigDecimal epochs) {
    Scenario plain = concurrent(1, 4, 4, 3, Quantity.GRADIENTS, false, epochs);

    runsLikeTheReference(plain.withMasks());

    assertThat(ToyModel.Reference.of(plain.withMasks()).losses())
        .hasSizeLessThan(ToyModel.Reference.of(plain).losses().size());
  }

  @ParameterizedTest(name = "K={0}, {1} owners in turn")
  @CsvSource({"1, 2", "2, 3", "3, 3"})
  void swapsComeToTheSameWhateverFails(int stages, int owners) {
    Scenario migrating = scenario(stages, stages + 1, stages + 1, turns(owners, ZERO), Edge::of);
    runsLikeTheReference(
        new Scenario(
            stages,
            migrating.clients(),
            migrating.seats(),
            migrating.turns(),
            Handover.SWAP,
            null,
            false,
            migrating.microBatches(),
            migrating.routing()));
  }

  @Test
  void oneOwnerAtOnceIsTheSameAsOneInTurn() {
    Scenario alone = concurrent(2, 3, 3, 1, Quantity.GRADIENTS, false, ZERO);
    assertThat(ToyModel.Reference.of(alone))
        .isEqualTo(
            ToyModel.Reference.of(
                new Scenario(
                    2,
                    alone.clients(),
                    3,
                    alone.turns(),
                    Handover.MIGRATE,
                    null,
                    false,
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
          .contains(0L)
          .containsAll(reference.turnEnds());
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
                new Simulation(scenario(2, 3, 3, turns(1, ZERO), feedback), seed).run();
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("snapshot");
  }

  private static Scenario scenario(
      int stages, int clients, int seats, Turns turns, Routing routing) {
    return new Scenario(
        stages, ids(clients), seats, turns, Handover.MIGRATE, null, false, 4, routing);
  }

  /** Four rounds of 6 steps, or some of epochs over unequal topics. */
  private static Scenario concurrent(
      int stages,
      int clients,
      int seats,
      int owners,
      Quantity aggregate,
      boolean proportional,
      BigDecimal epochs) {
    List<String> data = ids(owners);
    return new Scenario(
        stages,
        ids(clients),
        seats,
        epochs.signum() > 0
            ? Turns.ofEpochs(ids(1), epochs, rounds(epochs))
            : Turns.ofSteps(ids(1), owners == 1 ? 10 : 6, 4),
        Handover.MIGRATE,
        new Concurrency(
            data, aggregate, proportional, aggregate == Quantity.WEIGHTS && stages == 0),
        false,
        3,
        Edge::of);
  }

  /** Of 7 steps, or of as many as the owners' unequal topics hold. */
  private static Turns turns(int owners, BigDecimal epochs) {
    if (epochs.signum() > 0) {
      return Turns.ofEpochs(ids(owners), epochs, rounds(epochs));
    }
    return owners == 1 ? Turns.ofSteps(ids(1), 40, 1) : Turns.ofSteps(ids(owners), 7, 3);
  }

  /** Eight of part of an epoch, in some of which who has little gives nothing; or two. */
  private static int rounds(BigDecimal epochs) {
    return epochs.compareTo(BigDecimal.ONE) < 0 ? 8 : 2;
  }

  private static List<String> ids(int clients) {
    return IntStream.range(0, clients).mapToObj(i -> "client-" + i).toList();
  }
}
