package dev.titanic.job.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for other processes, which tell nobody when they are ready. */
final class Poll {
  private static final long PAUSE_MILLIS = 100;

  private Poll() {}

  /** Returns whether the condition came true in time. */
  static boolean until(Duration patience, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return true;
  }
}
