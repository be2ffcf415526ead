package dev.titanic.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlacementProblemTest {
  private static final List<Demand> DEMANDS =
      List.of(Demand.owner(10, 6, 2, 100, 1), Demand.stage(1, 20, 30, 100, 2));
  private static final List<Offer> OFFERS =
      List.of(new Offer("alice", 100, 3, 50), new Offer("bob", 200, 10, 200));

  @Test
  void affinityIsThatOfThePaper() {
    PlacementProblem problem = problem("alice", Map.of(), new Weights(2, 3));
    double transmission = 4 * (4 * 100 / 200.0);
    double training = 4 * 30 / 10.0;

    assertThat(problem.transmissionSeconds(1, 1)).isCloseTo(transmission, within(1e-12));
    assertThat(problem.trainingSeconds(1, 1)).isCloseTo(training, within(1e-12));
    assertThat(problem.affinity(1, 1))
        .isCloseTo(1 / (2 * transmission + 3 * training), within(1e-12));
    assertThat(problem.distances(1)[1]).isCloseTo(1 / problem.affinity(1, 1), within(1e-12));
  }

  @Test
  void linksAreAsFastAsTheSlowerOfTwo() {
    Links links = Links.of(OFFERS, 100, 0.5);

    assertThat(links.seconds(0, 1)).isCloseTo(100 / 50.0 + 0.5, within(1e-12));
    assertThat(links.seconds(1, 0)).isEqualTo(links.seconds(0, 1));
    assertThat(links.busySeconds(0, 1)).isCloseTo(2, within(1e-12));
    assertThat(links.seconds(1, 1)).isZero();
  }

  @Test
  void measuredFiguresReplaceSingleOnes() {
    Links links = Links.of(OFFERS, 100, 0.5).with(0, 1, 7);
    Compute compute = Compute.of(DEMANDS, OFFERS).with(1, 0, 9);

    assertThat(links.seconds(0, 1)).isEqualTo(7);
    assertThat(links.seconds(1, 0)).isEqualTo(2.5);
    assertThat(compute.seconds(1, 0)).isEqualTo(9);
    assertThat(compute.row(1)).containsExactly(9, 3);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> problem("carol", Map.of(), Weights.EQUAL))
        .withMessage("the owner carol is not among the clients");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> problem("alice", Map.of(2, "bob"), Weights.EQUAL))
        .withMessage("stage 2 is fixed, of 1 stages");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> problem("alice", Map.of(1, "carol"), Weights.EQUAL))
        .withMessage("stage 1 is fixed on carol, which is not among the clients");
    assertThatIllegalArgumentException().isThrownBy(() -> new Weights(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Offer("dave", 1, 0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                PlacementProblem.of(
                    DEMANDS, OFFERS, Links.of(OFFERS.subList(0, 1), 100, 0), "alice", 1))
        .withMessage("compute or link times of another problem");
  }

  private static PlacementProblem problem(
      String owner, Map<Integer, String> fixed, Weights weights) {
    return new PlacementProblem(
        DEMANDS,
        OFFERS,
        Compute.of(DEMANDS, OFFERS),
        Links.of(OFFERS, 100, 0),
        List.of(owner),
        fixed,
        4,
        false,
        weights);
  }
}
