package dev.titanic.edge;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.function.ThrowingRunnable;

/** A mailbox whose mails run when the test says so. */
public final class TestingMailbox implements MailboxExecutor {
  private final BlockingQueue<ThrowingRunnable<? extends Exception>> mails =
      new LinkedBlockingQueue<>();
  private volatile boolean closed;

  @Override
  public void execute(
      MailOptions options,
      ThrowingRunnable<? extends Exception> command,
      String descriptionFormat,
      Object... descriptionArgs) {
    if (closed) {
      throw new RejectedExecutionException("the mailbox is closed");
    }
    mails.add(command);
  }

  public int size() {
    return mails.size();
  }

  public void close() {
    closed = true;
  }

  public void runAll() {
    while (tryYield()) {
      // until nothing is left
    }
  }

  /** Waits for a mail and runs it. */
  @Override
  public void yield() throws InterruptedException {
    run(mails.take());
  }

  @Override
  public boolean tryYield() {
    ThrowingRunnable<? extends Exception> mail = mails.poll();
    if (mail != null) {
      run(mail);
    }
    return mail != null;
  }

  @Override
  public boolean shouldInterrupt() {
    return !mails.isEmpty();
  }

  private static void run(ThrowingRunnable<? extends Exception> mail) {
    try {
      mail.run();
    } catch (RuntimeException unchecked) {
      throw unchecked;
    } catch (Exception checked) {
      throw new FlinkRuntimeException(checked);
    }
  }
}
