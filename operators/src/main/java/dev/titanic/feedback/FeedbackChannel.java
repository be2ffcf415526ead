package dev.titanic.feedback;

import dev.titanic.schemas.edge.Message.Proposal;
import dev.titanic.schemas.edge.Packet;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hand-over from the thread of a tail to the thread of a head.
 *
 * <p>What arrives early is kept without a limit of its own, because it cannot be much: before the
 * coordinator has heard every subtask, and so before every head has registered, nothing is sent to
 * a client, and all that is sent to the coordinator is one announcement per subtask. Afterwards
 * nothing waits here; it waits in the head's mailbox, bounded by the owner's window.
 */
final class FeedbackChannel implements WritableChannel, ReadableChannel {
  private enum State {
    WAITING,
    OPEN,
    FINISHED,
    CLOSED
  }

  private final ChannelKey key;
  private final Runnable onRelease;
  private final Queue<Packet> early = new ArrayDeque<>();
  private State state = State.WAITING;
  private @Nullable Consumer<Packet> head;

  FeedbackChannel(ChannelKey key, Runnable onRelease) {
    this.key = key;
    this.onRelease = onRelease;
  }

  @Override
  public synchronized void register(Consumer<Packet> consumer) {
    if (state != State.WAITING) {
      throw new IllegalStateException("feedback channel is " + state + ": " + key);
    }
    state = State.OPEN;
    head = consumer;
    for (Packet packet = early.poll(); packet != null; packet = early.poll()) {
      consumer.accept(packet);
    }
  }

  @Override
  public synchronized void put(Packet packet) {
    switch (state) {
      case WAITING -> early.add(packet);
      case OPEN -> handOver(packet);
      case FINISHED -> {
        if (!(packet.message() instanceof Proposal)) { // advice may come too late
          throw new IllegalStateException(
              "%s arrived after the end at %s"
                  .formatted(packet.message().getClass().getSimpleName(), key));
        }
      }
      case CLOSED -> {
        // the attempt is failing or cancelled; its records do not count any more
      }
    }
  }

  private void handOver(Packet packet) {
    Consumer<Packet> consumer = head;
    if (consumer == null) {
      throw new IllegalStateException("an open feedback channel has a head: " + key);
    }
    try {
      consumer.accept(packet);
    } catch (RejectedExecutionException mailboxIsClosed) {
      // the head's task is being cancelled and has not closed its operators yet
    }
  }

  @Override
  public synchronized void finished() {
    if (state == State.OPEN) {
      state = State.FINISHED;
    }
  }

  @Override
  public synchronized void close() {
    if (state != State.FINISHED) {
      state = State.CLOSED;
    }
    head = null;
    early.clear();
    onRelease.run();
  }

  @Override
  public synchronized int abandon() {
    if (state != State.WAITING) {
      return 0;
    }
    int lost = early.size();
    close();
    return lost;
  }
}
