package dev.titanic.nn.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LayoutTest {
  private static final Layout X = Layout.contiguous(List.of(2L, 3L, 4L, 5L));

  @Test
  void splitsADimensionIntoAView() {
    assertThat(X.viewed(List.of(6L, 2L, 10L))).contains(Layout.contiguous(List.of(6L, 2L, 10L)));
    assertThat(X.transposed(1, 2).viewed(List.of(2L, 2L, 2L, 3L, 5L)))
        .contains(new Layout(List.of(2L, 2L, 2L, 3L, 5L), List.of(60L, 10L, 5L, 20L, 1L)));
  }

  @Test
  void doesNotJoinTransposedDimensions() {
    assertThat(X.transposed(1, 2).viewed(List.of(2L, 12L, 5L))).isEmpty();
    assertThat(X.transposed(1, 2).transposed(1, 2).viewed(List.of(2L, 12L, 5L))).isPresent();
  }

  @Test
  void doesNotJoinWhatIsRepeated() {
    assertThat(
            X.unsqueezed(2).expanded(List.of(2L, 3L, 7L, 4L, 5L)).viewed(List.of(2L, 21L, 4L, 5L)))
        .isEmpty();
  }

  @Test
  void keepsTheOrderOfDimensionsWhenCompacted() {
    assertThat(X.narrowed(3, 2).transposed(1, 2).compacted())
        .isEqualTo(Layout.contiguous(List.of(2L, 3L, 4L, 2L)).transposed(1, 2));
  }

  @Test
  void resolvesTheOpenSize() {
    assertThat(X.resolved(List.of(-1L, 20L))).containsExactly(6L, 20L);
  }

  @Test
  void broadcastsFromTheLastDimension() {
    assertThat(Layout.broadcast(List.of(2L, 1L, 4L), List.of(3L, 1L))).containsExactly(2L, 3L, 4L);
    assertThatThrownBy(() -> Layout.broadcast(List.of(2L), List.of(3L)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
