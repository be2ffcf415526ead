package dev.titanic.coordinator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow
  private final Patience patience = new Patience(Duration.ofSeconds(10), nanoTime::get);

  @Test
  void endsWithWhatIsMissing() {
    pass(Duration.ofSeconds(11));

    assertThatThrownBy(() -> patience.require(() -> "step 3: the report of owner@0"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("nothing came for 10 s; waiting in step 3: the report of owner@0");
  }

  @Test
  void aSignOfLifeRenewsIt() {
    pass(Duration.ofSeconds(9));
    patience.renew();
    pass(Duration.ofSeconds(9));

    assertThatCode(() -> patience.require(() -> "")).doesNotThrowAnyException();
  }

  private void pass(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }
}
