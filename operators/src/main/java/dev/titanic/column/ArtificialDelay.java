package dev.titanic.column;

import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Message.Gradient;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Makes a cell slow: holds back what a pass has computed, and the thread with it. */
final class ArtificialDelay {
  private final long nanos;

  ArtificialDelay(Duration delay) {
    this.nanos = delay.toNanos();
  }

  /** Returns later when the message is the result of a pass; at once when the task is cancelled. */
  void after(Message message) {
    if (nanos == 0 || !(message instanceof Activation || message instanceof Gradient)) {
      return;
    }
    long end = System.nanoTime() + nanos;
    for (long left = nanos;
        left > 0 && !Thread.currentThread().isInterrupted();
        left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
