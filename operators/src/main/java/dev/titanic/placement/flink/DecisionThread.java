package dev.titanic.placement.flink;

import dev.titanic.placement.Decision;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides away from the task's thread, one thing at a time: a solver may take long, and a barrier
 * must not wait for it. The decision comes back as a mail.
 *
 * <p>A placement that cannot decide is no reason to stop a run: that is said once, and everything
 * stays where it is.
 */
final class DecisionThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionThread.class);

  private final MailboxExecutor mailbox;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(DecisionThread::thread);
  private boolean deciding;
  private boolean warned;

  DecisionThread(MailboxExecutor mailbox) {
    this.mailbox = mailbox;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "titanic-placement");
    thread.setDaemon(true);
    return thread;
  }

  /** Called in the mailbox, as all but the deciding. */
  boolean isDeciding() {
    return deciding;
  }

  /**
   * @param consumer gets the decision in the mailbox, unless there is none
   */
  void decide(Supplier<Decision> decision, Consumer<Decision> consumer) {
    deciding = true;
    executor.execute(() -> handOver(attempt(decision), consumer));
  }

  private @Nullable Decision attempt(Supplier<Decision> decision) {
    try {
      return decision.get();
    } catch (RuntimeException | LinkageError failure) {
      if (!warned) {
        warned = true;
        LOG.warn("the placement cannot decide, partitions stay where they are", failure);
      }
      return null;
    }
  }

  private void handOver(@Nullable Decision decision, Consumer<Decision> consumer) {
    try {
      mailbox.execute(() -> take(decision, consumer), "decision");
    } catch (RejectedExecutionException mailboxIsClosed) {
      // the task is over
    }
  }

  private void take(@Nullable Decision decision, Consumer<Decision> consumer) {
    deciding = false;
    if (decision != null) {
      consumer.accept(decision);
    }
  }

  /** Returns at once; a solver that is at work ends by itself. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
