package dev.titanic.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlacementPolicyTest {
  private static final List<String> CLIENTS = List.of("alice", "bob", "carol");
  private static final List<String> HOSTS = List.of("alice", "bob");

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void nothingFlapsBetweenTwoEqualClients(long seed) {
    LiveRun run = new LiveRun(seed, 0.2, CLIENTS, HOSTS);

    for (int solve = 0; solve < 500; solve++) {
      run.train(10);
      assertThat(run.solve().moves()).as("solve %d of seed %d", solve, seed).isFalse();
    }
  }

  @Test
  void nothingFlapsBetweenTwoEqualClientsThatWereBothMeasured() {
    LiveRun run = new LiveRun(4, 0.2, CLIENTS, HOSTS);
    run.slow("bob", 4);
    run.train(10);
    run.solve();
    run.slow("bob", 1);
    run.slow("carol", 4);
    run.train(30);
    run.solve();
    int moves = 0;
    run.slow("carol", 1);

    for (int solve = 0; solve < 500; solve++) {
      run.train(10);
      moves += run.solve().moves() ? 1 : 0;
    }

    assertThat(moves).isLessThanOrEqualTo(1);
  }

  @Test
  void aSlowClientLosesItsStageAtTheNextSolve() {
    LiveRun run = new LiveRun(5, 0.1, CLIENTS, HOSTS);
    run.train(20);
    assertThat(run.solve().moves()).isFalse();
    run.slow("bob", 4);
    run.train(20);

    Decision decision = run.solve();

    assertThat(decision.moves()).isTrue();
    assertThat(decision.hosts()).containsExactly("alice", "carol");
    assertThat(decision.bestStepSeconds()).isLessThan(0.8 * decision.stepSeconds());
    assertThat(decision.bytesMoved()).isEqualTo(1 << 20);
    assertThat(decision.reason())
        .matches(
            "carol computes stage-1 [0-9.]+ times as fast as bob:"
                + " [0-9.]+ ms a step less over 1000 steps against a stall of [0-9.]+ ms");
    run.train(20);
    assertThat(run.solve().reason()).isEqualTo("no better hosts than these");
  }

  @Test
  void aStageLeavesAnOwnerThatTrainsAtTheSameTime() {
    LiveRun run = new LiveRun(9, 0.1, CLIENTS, HOSTS);
    run.alsoOwn("bob");
    run.train(20);

    Decision decision = run.solve();

    assertThat(decision.hosts()).containsExactly("alice", "carol");
    assertThat(decision.bestStepSeconds()).isLessThan(0.8 * decision.stepSeconds());
  }

  @Test
  void aMoveThatTheRemainingStepsDoNotPayForIsNotMade() {
    LiveRun run = new LiveRun(6, 0.1, CLIENTS, HOSTS);
    run.slow("bob", 4);
    run.leaves(1);
    run.train(20);
    run.says("bob", 1e9);
    run.says("carol", 3e9);

    Decision decision = run.solve();

    assertThat(decision.moves()).isFalse();
    assertThat(decision.hosts()).isEqualTo(HOSTS);
    assertThat(decision.reason()).endsWith("over 1 step against a stall of 204 ms does not pay");
  }

  @Test
  void oneMeasuredStepIsNotEnough() {
    LiveRun run = new LiveRun(7, 0.1, CLIENTS, HOSTS);
    run.slow("bob", 4);
    run.train(1);

    Decision decision = run.solve();

    assertThat(decision.moves()).isFalse();
    assertThat(decision.reason()).contains("only 1 of 3 steps are measured");
  }

  @Test
  void aClientThatSaysItIsFasterIsTried() {
    LiveRun run = new LiveRun(8, 0.1, CLIENTS, HOSTS);
    run.says("alice", 1e9);
    run.says("bob", 1e9);
    run.says("carol", 5e9);
    run.train(20);

    assertThat(run.solve().hosts()).containsExactly("alice", "carol");
  }
}
