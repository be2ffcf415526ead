package dev.titanic.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StarvationTest {
  private final Starvation starvation = new Starvation();

  @Test
  void isSaidAfterTenSecondsAndEveryTenSeconds() {
    assertThat(noted(100)).isFalse();
    assertThat(noted(109)).isFalse();
    assertThat(noted(110)).isTrue();
    assertThat(noted(111)).isFalse();
    assertThat(noted(120)).isTrue();
  }

  @Test
  void countsAnewOnceThereWasData() {
    noted(100);
    starvation.over();

    assertThat(noted(112)).isFalse();
    assertThat(noted(122)).isTrue();
  }

  private boolean noted(long seconds) {
    return starvation.noted(Duration.ofSeconds(seconds).toNanos());
  }
}
