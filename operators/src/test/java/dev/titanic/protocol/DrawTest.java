package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DrawTest {
  private static final List<String> OWNERS = List.of("alice", "bob", "carol");

  @Test
  void ownersGiveOneAfterTheOther() {
    assertThat(Draw.EQUAL.deal(OWNERS, 2, Map.of("alice", 7L)))
        .isEqualTo(Map.of("alice", List.of(0, 3), "bob", List.of(1, 4), "carol", List.of(2, 5)));
  }

  @Test
  void whoHasMoreDataGivesMore() {
    Draw draw = Draw.proportionalTo(Map.of("alice", 1L, "bob", 1L, "carol", 4L));

    assertThat(draw.deal(OWNERS, 2, Map.of()))
        .isEqualTo(Map.of("alice", List.of(1), "bob", List.of(3), "carol", List.of(0, 2, 4, 5)));
  }

  @Test
  void allComeToTheEndOfTheirDataTogether() {
    Map<String, Long> amounts = Map.of("alice", 100L, "bob", 1L, "carol", 499L);
    Draw draw = Draw.proportionalTo(amounts);
    Map<String, Long> drawn = new HashMap<>();
    for (int step = 0; step < 50; step++) {
      draw.deal(OWNERS, 4, drawn)
          .forEach((owner, indices) -> drawn.merge(owner, (long) indices.size(), Long::sum));
      long all = drawn.values().stream().mapToLong(Long::longValue).sum();
      amounts.forEach(
          (owner, amount) ->
              assertThat((double) drawn.getOrDefault(owner, 0L))
                  .isCloseTo(all * amount / 600.0, within(2.0)));
    }

    assertThat(drawn).isEqualTo(amounts);
  }

  @Test
  void refusesToDrawInAProportionThatIsNotKnown() {
    assertThatThrownBy(() -> Draw.proportionalTo(Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Draw.proportionalTo(Map.of("alice", -1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alice");
  }
}
