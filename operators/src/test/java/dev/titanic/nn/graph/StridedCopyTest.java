package dev.titanic.nn.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StridedCopyTest {
  private static final List<Long> SHAPE = List.of(2L, 3L);

  private final byte[] storage = {0, 1, 2, 3, 4, 5, 6, 7};

  @Test
  void gathersRowsThatAreDense() {
    assertThat(gathered(List.of(3L, 1L), 1)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void gathersATransposedMatrix() {
    assertThat(gathered(List.of(1L, 2L), 0)).containsExactly(0, 2, 4, 1, 3, 5);
  }

  @Test
  void gathersAnExpandedRow() {
    assertThat(gathered(List.of(0L, 1L), 5)).containsExactly(5, 6, 7, 5, 6, 7);
  }

  private byte[] gathered(List<Long> strides, long offset) {
    ByteBuffer target = ByteBuffer.allocate(6);
    new StridedCopy(
            new ArchivedTensor("data/0", ElementKind.INT8, offset, SHAPE, strides, false), storage)
        .to(target);
    return target.array();
  }
}
