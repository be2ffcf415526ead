package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OrderedMovesTest {
  private static final List<String> HOSTS = List.of("alice", "bob", "carol");

  private final RunPlan plan =
      new RunPlan(
          List.of("alice", "bob", "carol", "dave"),
          List.of("bob", "carol"),
          Turns.ofSteps(List.of("alice"), 1, 1),
          Handover.MIGRATE,
          null,
          1,
          LearningRate.constant(1),
          0,
          1,
          RunPlan.EvaluationPlan.NONE,
          new HostMemory(List.of(2000L, 3000L), Map.of("bob", 4000L)));

  @Test
  void movesWhatIsNamedAndNothingElse() throws RefusedOrder {
    assertThat(moves(Map.of("stage-2", "alice"))).containsExactly("alice", "bob", "alice");
    assertThat(moves(Map.of("stage-1", "carol", "stage-2", "bob")))
        .containsExactly("alice", "carol", "bob");
  }

  @Test
  void refusesWhatIsNotThereInOneLine() {
    assertRefused(Map.of("stage-3", "bob"), "no stage 'stage-3'; valid: stage-1 to stage-2");
    assertRefused(Map.of("owner", "bob"), "no stage 'owner'; valid: stage-1 to stage-2");
    assertRefused(Map.of("stage-1", "zoe"), "no client 'zoe'; valid: alice, bob, carol");
    assertRefused(
        Map.of("stage-1", "dave"), "no column of client 'dave'; valid: alice, bob, carol");
  }

  @Test
  void refusesAClientWithoutTheMemory() {
    assertRefused(
        Map.of("stage-2", "bob"), "bob has 4,000 bytes of memory for stages and would need 5,000");
  }

  private List<String> moves(Map<String, String> moves) throws RefusedOrder {
    return new OrderedMoves(plan, List.of("alice", "bob", "carol")).apply(HOSTS, moves);
  }

  private void assertRefused(Map<String, String> moves, String message) {
    assertThatThrownBy(() -> moves(moves)).isInstanceOf(RefusedOrder.class).hasMessage(message);
  }
}
