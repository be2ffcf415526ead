package dev.titanic.job.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RotationTest {

  @Test
  void dealsInTurn() {
    assertThat(deal(new Rotation(0, 0, 0), 5)).containsExactly(0, 1, 2, 0, 1);
  }

  @Test
  void goesOnWhereTheTopicStopped() {
    assertThat(deal(new Rotation(3, 3, 2), 4)).containsExactly(2, 0, 1, 2);
  }

  @Test
  void fillsWhatIsMissingFirst() {
    assertThat(deal(new Rotation(4, 1), 5)).containsExactly(1, 1, 1, 0, 1);
  }

  private static int[] deal(Rotation rotation, int records) {
    return IntStream.range(0, records).map(i -> rotation.next()).toArray();
  }
}
