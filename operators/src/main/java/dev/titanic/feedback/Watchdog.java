package dev.titanic.feedback;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Mails a check into an operator's mailbox at every interval: what never comes back over the
 * feedback edge sends no signal of its own.
 *
 * <p>It has a thread of its own and no Flink timer, because a stop with a savepoint stops the
 * timers before the coordinator has drained the open transaction.
 */
public final class Watchdog implements AutoCloseable {
  private final MailboxExecutor mailbox;
  private final ThrowingRunnable<? extends Exception> check;
  private final ScheduledExecutorService scheduler;
  private final AtomicBoolean mailed = new AtomicBoolean();

  private Watchdog(MailboxExecutor mailbox, ThrowingRunnable<? extends Exception> check) {
    this.mailbox = mailbox;
    this.check = check;
    this.scheduler = Executors.newSingleThreadScheduledExecutor(Watchdog::thread);
  }

  /**
   * Starts to watch, the first time after one interval.
   *
   * @param check runs in the mailbox; what it throws fails the task
   */
  @SuppressWarnings("FutureReturnValueIgnored") // it is cancelled with its scheduler
  public static Watchdog start(
      MailboxExecutor mailbox, Duration interval, ThrowingRunnable<? extends Exception> check) {
    Watchdog watchdog = new Watchdog(mailbox, check);
    watchdog.scheduler.scheduleWithFixedDelay(
        watchdog::mail, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    return watchdog;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "titanic-watchdog");
    thread.setDaemon(true);
    return thread;
  }

  /** At most one check waits in the mailbox, however long the task thread computes. */
  private void mail() {
    if (mailed.compareAndSet(false, true)) {
      try {
        mailbox.execute(this::runCheck, "watchdog");
      } catch (RejectedExecutionException mailboxIsClosed) {
        scheduler.shutdown();
      }
    }
  }

  private void runCheck() throws Exception {
    mailed.set(false);
    check.run();
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
