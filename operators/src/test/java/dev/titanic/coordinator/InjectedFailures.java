package dev.titanic.coordinator;

import java.util.Random;

/**
 * Fails whatever operator comes by a random number of calls after a checkpoint, so that every
 * restart restores something.
 */
final class InjectedFailures {
  private static final int MOST_CALLS = 60;

  private static Random random = new Random(0);
  private static int left;
  private static int countdown;
  private static int lastAttempt;

  private InjectedFailures() {}

  static synchronized void reset(int failures, long seed) {
    random = new Random(seed);
    left = failures;
    countdown = 0;
    lastAttempt = -1;
  }

  /** A checkpoint of this attempt is complete: its one failure may come. */
  static synchronized void arm(int attempt) {
    if (left > 0 && attempt != lastAttempt) {
      lastAttempt = attempt;
      countdown = 1 + random.nextInt(MOST_CALLS);
    }
  }

  static synchronized void hit() {
    if (countdown > 0 && --countdown == 0) {
      left--;
      throw new InjectedFailure(left);
    }
  }

  static synchronized boolean over() {
    return left == 0;
  }

  private static final class InjectedFailure extends RuntimeException {
    InjectedFailure(int left) {
      super("injected, " + left + " left");
    }
  }
}
