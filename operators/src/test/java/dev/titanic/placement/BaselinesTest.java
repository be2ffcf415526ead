package dev.titanic.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BaselinesTest {
  private static final List<Demand> DEMANDS =
      List.of(
          Demand.owner(1, 1, 0, 1, 1), Demand.stage(1, 2, 1, 1, 1), Demand.stage(2, 3, 1, 1, 1));
  private static final List<Offer> OFFERS =
      List.of(
          new Offer("alice", 9, 1, 9),
          new Offer("bob", 2, 1, 8),
          new Offer("carol", 3, 1, 7),
          new Offer("dave", 3, 1, 6));

  @Test
  void greedyGivesTheLargestStageTheBestConnectedClientWithTheMemory() throws Exception {
    Solution solution = new GreedyPlacement().solve(problem());

    assertThat(solution.hosts()).containsExactly("alice", "bob", "carol");
    assertThat(solution.stepSeconds()).isEqualTo(PipelineTime.seconds(problem(), solution.hosts()));
  }

  @Test
  void greedyFindsAPlacementWheneverThereIsOne() throws Exception {
    for (int seed = 0; seed < 100; seed++) {
      PlacementProblem problem =
          new RandomProblem(seed, 6, 1 + seed % 4).fixedStages(seed % 2).draw();
      if (BruteForce.placements(problem).isEmpty()) {
        assertThatThrownBy(() -> new GreedyPlacement().solve(problem))
            .isInstanceOf(InfeasiblePlacement.class);
      } else {
        int[] hosts = Start.hosts(problem, new GreedyPlacement().solve(problem));
        assertThat(BruteForce.placements(problem)).as("seed %d", seed).contains(hosts);
      }
    }
  }

  @Test
  void chanceDrawsEveryPlacementEquallyOften() throws Exception {
    RandomPlacement random = new RandomPlacement(7);
    Map<List<String>, Integer> drawn = new HashMap<>();
    for (int draw = 0; draw < 4_000; draw++) {
      drawn.merge(random.solve(problem()).hosts(), 1, Integer::sum);
    }

    assertThat(drawn).hasSize(BruteForce.placements(problem()).size());
    assertThat(drawn.values()).allSatisfy(count -> assertThat(count).isBetween(850, 1_150));
  }

  @Test
  void chanceWithSeveralPartitionsPerClientDrawsEveryPlacement() throws Exception {
    PlacementProblem problem = new RandomProblem(3, 4, 3).severalPerClient().scarcity(0.6).draw();
    RandomPlacement random = new RandomPlacement(7);
    Set<List<String>> drawn = new HashSet<>();
    for (int draw = 0; draw < 4_000; draw++) {
      drawn.add(random.solve(problem).hosts());
    }

    assertThat(drawn).hasSize(BruteForce.placements(problem).size());
  }

  @Test
  void equalSeedsDrawEqually() throws Exception {
    assertThat(new RandomPlacement(5).solve(problem()).hosts())
        .isEqualTo(new RandomPlacement(5).solve(problem()).hosts());
  }

  private static PlacementProblem problem() {
    return PlacementProblem.of(DEMANDS, OFFERS, Links.of(OFFERS, 1, 0), "alice", 2);
  }
}
