package dev.titanic.job.run;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;

/** A mailbox that says when it begins and when it has done a mail. */
final class ProbedMailbox implements MailboxExecutor {
  private final MailboxExecutor mailbox;
  private final Runnable reached;

  ProbedMailbox(MailboxExecutor mailbox, Runnable reached) {
    this.mailbox = mailbox;
    this.reached = reached;
  }

  @Override
  public void execute(
      MailOptions options,
      ThrowingRunnable<? extends Exception> mail,
      String description,
      Object... arguments) {
    mailbox.execute(
        options,
        () -> {
          reached.run();
          mail.run();
          reached.run();
        },
        description,
        arguments);
  }

  @Override
  public void yield() throws InterruptedException {
    mailbox.yield();
  }

  @Override
  public boolean tryYield() {
    return mailbox.tryYield();
  }

  @Override
  public boolean shouldInterrupt() {
    return mailbox.shouldInterrupt();
  }
}
