package dev.titanic.coordinator;

import java.time.Duration;

/** When to say that a run waits for data: after a while, and again now and then. */
final class Starvation {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private boolean waiting;
  private long saidAt;

  /**
   * A step found too little data, again or for the first time; returns whether it is to be said.
   */
  boolean noted(long nanoTime) {
    if (!waiting) {
      waiting = true;
      saidAt = nanoTime;
      return false;
    }
    if (nanoTime - saidAt < INTERVAL.toNanos()) {
      return false;
    }
    saidAt = nanoTime;
    return true;
  }

  /** There was data. */
  void over() {
    waiting = false;
  }
}
