package dev.titanic.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.edge.TestingMailbox;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class WatchdogTest {
  private final TestingMailbox mailbox = new TestingMailbox();

  @Test
  void theCheckRunsAgainAndAgainInTheMailbox() throws InterruptedException {
    AtomicInteger checks = new AtomicInteger();
    try (Watchdog watchdog =
        Watchdog.start(mailbox, Duration.ofMillis(1), checks::incrementAndGet)) {
      assertThat(watchdog).isNotNull();
      for (int i = 0; i < 5; i++) {
        mailbox.yield();
      }
    }
    assertThat(checks).hasValueGreaterThanOrEqualTo(5);
  }

  @Test
  void whatTheCheckThrowsReachesTheTask() {
    try (Watchdog watchdog =
        Watchdog.start(mailbox, Duration.ofMillis(1), WatchdogTest::complain)) {
      assertThat(watchdog).isNotNull();
      assertThatThrownBy(mailbox::yield)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("nothing came back");
    }
  }

  private static void complain() {
    throw new IllegalStateException("nothing came back");
  }
}
