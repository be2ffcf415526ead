package dev.titanic.edge;

import dev.titanic.schemas.edge.Message.WithTensor;
import dev.titanic.schemas.edge.Packet;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.MailboxExecutor;

/**
 * Sends an operator's messages, each tensor in frames.
 *
 * <p>The first frame goes out at once, each further one in a mail of its own: a gradient that waits
 * in the mailbox is served in between, although a large activation is on its way out. The order of
 * messages is kept: while frames are pending, whatever is sent next queues behind them.
 *
 * <p>The queue holds views, not copies, and never more than the outputs of the messages that the
 * operator has received, so the owner's window bounds it.
 */
public final class FrameSender {
  public static final int DEFAULT_FRAME_BYTES = 512 << 10;

  private final MailboxExecutor mailbox;
  private final int frameBytes;
  private final Consumer<Packet> output;
  private final Queue<Packet> pending = new ArrayDeque<>();

  /**
   * @param frameBytes largest number of tensor bytes in one packet
   * @param output sends one packet on the edge that leads to its receiver
   */
  public FrameSender(MailboxExecutor mailbox, int frameBytes, Consumer<Packet> output) {
    if (frameBytes < 1) {
      throw new IllegalArgumentException("frames of " + frameBytes + " bytes");
    }
    this.mailbox = mailbox;
    this.frameBytes = frameBytes;
    this.output = output;
  }

  /** Sends a message, or queues what cannot be sent at once. Called by the task thread. */
  public void send(Packet packet) {
    List<Packet> frames = frames(packet);
    if (!pending.isEmpty()) {
      pending.addAll(frames);
      return;
    }
    output.accept(frames.get(0));
    pending.addAll(frames.subList(1, frames.size()));
    mailNext();
  }

  /** Number of packets that wait for their mail; 0 between transactions. */
  public int pending() {
    return pending.size();
  }

  private List<Packet> frames(Packet packet) {
    return packet.message() instanceof WithTensor message && message.tensor().size() > frameBytes
        ? message.tensor().frames(frameBytes).stream()
            .map(frame -> new Packet(packet.from(), packet.to(), message.withTensor(frame)))
            .toList()
        : List.of(packet);
  }

  private void mailNext() {
    if (!pending.isEmpty()) {
      mailbox.execute(this::sendNext, "next frame");
    }
  }

  private void sendNext() {
    output.accept(pending.remove());
    mailNext();
  }
}
