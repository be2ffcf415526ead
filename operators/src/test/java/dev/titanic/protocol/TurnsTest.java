package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TurnsTest {
  private final Turns turns = new Turns(List.of("alice", "bob"), 2, 2);

  @Test
  void ownersTakeTurnsForSomeRounds() {
    assertThat(turns.steps()).isEqualTo(8);
    assertThat(LongStream.range(0, 8).mapToObj(turns::ownerOf))
        .containsExactly("alice", "alice", "bob", "bob", "alice", "alice", "bob", "bob");
  }

  @Test
  void theLastOwnerStaysTheOwner() {
    assertThat(turns.ownerOf(8)).isEqualTo("bob");
  }

  @Test
  void aTurnEndsWithItsLastStep() {
    assertThat(LongStream.rangeClosed(0, 8).filter(turns::endsAfter))
        .containsExactly(2L, 4L, 6L, 8L);
  }

  @Test
  void namesWhatCameBefore() {
    assertThat(LongStream.of(0, 1, 2, 4, 6, 8).mapToObj(turns::describe))
        .containsExactly(
            "start",
            "step",
            "turn 1 of alice",
            "turn 1 of bob",
            "turn 2 of alice",
            "turn 2 of bob");
  }

  @Test
  void refusesNobodyAndNothing() {
    assertThatThrownBy(() -> new Turns(List.of(), 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Turns(List.of("alice"), 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
