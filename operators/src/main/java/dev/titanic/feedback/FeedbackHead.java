package dev.titanic.feedback;

import dev.titanic.schemas.edge.Packet;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.BiConsumerWithException;
import org.apache.flink.util.function.ThrowingConsumer;

/**
 * Receiving end of the feedback edge, held by an operator: opened in {@code open()}, finished in
 * {@code finish()}, closed in {@code close()}.
 */
public final class FeedbackHead implements AutoCloseable {
  private final ReadableChannel channel;

  private FeedbackHead(ReadableChannel channel) {
    this.channel = channel;
  }

  /**
   * Registers the operator of a row in its own column.
   *
   * @param consumer is called in the operator's mailbox, one packet per mail, in the order of each
   *     sender; what it throws fails the task
   * @throws IllegalStateException when the row already has a head in this column
   */
  public static FeedbackHead open(
      RuntimeContext context,
      int row,
      MailboxExecutor mailbox,
      ThrowingConsumer<Packet, ? extends Exception> consumer) {
    return openTimed(context, row, mailbox, (packet, arrivedAt) -> consumer.accept(packet));
  }

  /**
   * The same for a consumer that wants to know when a packet came into the mailbox, by {@link
   * System#nanoTime}: it may have waited there.
   */
  public static FeedbackHead openTimed(
      RuntimeContext context,
      int row,
      MailboxExecutor mailbox,
      BiConsumerWithException<Packet, Long, ? extends Exception> consumer) {
    ReadableChannel channel = FeedbackChannels.readable(ChannelKey.of(context, row));
    channel.register(
        packet -> {
          long now = System.nanoTime();
          mailbox.execute(() -> consumer.accept(packet, now), "feedback");
        });
    return new FeedbackHead(channel);
  }

  /** The operator expects nothing more: from now on a packet fails the tail. */
  public void finished() {
    channel.finished();
  }

  @Override
  public void close() {
    channel.close();
  }
}
