package dev.titanic.coordinator;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How long the coordinator waits without a sign of life before it fails the job. */
final class Patience {
  private final Duration limit;
  private final LongSupplier nanoTime;
  private long since;

  Patience(Duration limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
  }

  void renew() {
    since = nanoTime.getAsLong();
  }

  /**
   * @throws IllegalStateException when the limit is passed; a restart may help, for what is lost is
   *     sent again
   */
  void require(Supplier<String> waitsFor) {
    if (nanoTime.getAsLong() - since > limit.toNanos()) {
      throw new IllegalStateException(
          "nothing came for %d s; waiting in %s".formatted(limit.toSeconds(), waitsFor.get()));
    }
  }
}
