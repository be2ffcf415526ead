package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.schemas.state.RunState;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StageHostsTest {
  private static final List<String> OWNERS = List.of("alice", "bob", "carol");

  private final StageHosts stageHosts =
      new StageHosts(
          new RunPlan(
              OWNERS,
              List.of("bob", "carol"),
              Turns.ofSteps(OWNERS, 1, 2),
              Handover.SWAP,
              null,
              1,
              LearningRate.constant(1),
              0,
              1,
              RunPlan.EvaluationPlan.NONE,
              HostMemory.UNKNOWN),
          RunState.FRESH);

  @Test
  void ownersInTurnSwapWhatTheyHold() {
    assertThat(stageHosts.with("alice").hosts()).containsExactly("alice", "bob", "carol");

    assertThat(after("alice", "bob")).containsExactly("bob", "alice", "carol");
    assertThat(after("bob", "carol")).containsExactly("carol", "alice", "bob");
    assertThat(after("carol", "alice")).containsExactly("alice", "carol", "bob");
  }

  @Test
  void aSwapThatIsAskedForAgainChangesNothing() {
    assertThat(after("alice", "bob")).containsExactly("bob", "alice", "carol");

    assertThat(after("alice", "bob")).containsExactly("bob", "alice", "carol");
    assertThat(after("bob", "bob")).containsExactly("bob", "alice", "carol");
  }

  private List<String> after(String last, String next) {
    stageHosts.swap(last, next);
    return stageHosts.with(next).hosts();
  }
}
