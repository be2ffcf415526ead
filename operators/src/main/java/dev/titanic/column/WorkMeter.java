package dev.titanic.column;

import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Message.Gradient;
import dev.titanic.schemas.edge.Message.WithTensor;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.edge.Work;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures what a cell does, by one clock, from the messages that come and go: over all its life,
 * and as the {@link Work} of a step.
 *
 * <p>The way of a message ends when it arrives, not when it is served. Of a mail that is known. An
 * input record that is served as soon as the cell has done something else may have waited for that:
 * the way of its micro-batch is then not known.
 */
final class WorkMeter {
  /** A cell that does nothing for so long is idle, and a record that it takes then did not wait. */
  private static final long IDLE_NANOS = 200_000;

  private final LongSupplier nanoTime;
  private final long openedAt;
  private long forwardNanos;
  private long backwardNanos;
  private long otherNanos;
  private long tensorBytes;
  private long busyUntil;

  private @Nullable Transaction step;
  private long begunAt;
  private long forwardBefore;
  private long backwardBefore;
  private long bytesBefore;
  private final Spans roundTrips = new Spans();
  private final Spans residences = new Spans();

  WorkMeter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.openedAt = nanoTime.getAsLong();
    this.busyUntil = openedAt;
  }

  /** Takes the time of serving a message. */
  void serve(Message message, Runnable work) {
    long nanos = nanosOf(work);
    if (message instanceof Gradient) {
      backwardNanos += nanos;
    } else if (message instanceof Activation) {
      forwardNanos += nanos;
    } else {
      otherNanos += nanos;
    }
  }

  /** Takes the time of a forward pass that no message asked for. */
  void forward(Runnable work) {
    forwardNanos += nanosOf(work);
  }

  private long nanosOf(Runnable work) {
    long start = nanoTime.getAsLong();
    work.run();
    busyUntil = nanoTime.getAsLong();
    return busyUntil - start;
  }

  /** An input record is about to be served. */
  void taken(Message message) {
    long now = nanoTime.getAsLong();
    arrived(message, now, now - busyUntil >= IDLE_NANOS);
  }

  /** A mail is about to be served. */
  void mailed(Message message, long arrivedAt) {
    arrived(message, arrivedAt, true);
  }

  private void arrived(Message message, long at, boolean exactly) {
    Transaction transaction = message.transaction();
    if (transaction != null && !transaction.equals(step)) {
      begin(transaction, at);
    }
    if (message instanceof Activation activation && activation.training()) {
      residences.start(activation.microBatch(), at, exactly);
    } else if (message instanceof Gradient gradient) {
      roundTrips.end(gradient.microBatch(), at, exactly);
    }
  }

  private void begin(Transaction transaction, long at) {
    step = transaction;
    begunAt = at;
    forwardBefore = forwardNanos;
    backwardBefore = backwardNanos;
    bytesBefore = tensorBytes;
    roundTrips.clear();
    residences.clear();
  }

  /** A message leaves, whole. */
  void leaves(Message message) {
    long now = nanoTime.getAsLong();
    if (message instanceof Activation activation && activation.training()) {
      roundTrips.start(activation.microBatch(), now, true);
    } else if (message instanceof Gradient gradient) {
      residences.end(gradient.microBatch(), now, true);
    }
  }

  /** A message, or a frame of one, is on an edge. */
  void sent(Message message) {
    if (message instanceof WithTensor withTensor) {
      tensorBytes += withTensor.tensor().size();
    }
  }

  /** What a transaction took until now, as far as it was a step. */
  Work workOf(Transaction transaction) {
    if (!transaction.equals(step)) {
      return Work.NONE;
    }
    return new Work(
        forwardNanos - forwardBefore,
        backwardNanos - backwardBefore,
        nanoTime.getAsLong() - begunAt,
        tensorBytes - bytesBefore,
        roundTrips.known,
        residences.known);
  }

  long forwardNanos() {
    return forwardNanos;
  }

  long backwardNanos() {
    return backwardNanos;
  }

  /** Open, but neither computing nor sending. */
  long waitingNanos() {
    return nanoTime.getAsLong() - openedAt - forwardNanos - backwardNanos - otherNanos;
  }

  long tensorBytes() {
    return tensorBytes;
  }

  /** The time between two events of a micro-batch, where both are known exactly. */
  private static final class Spans {
    private final Map<Integer, Long> starts = new HashMap<>();
    private final Map<Integer, Long> known = new HashMap<>();

    void start(int microBatch, long at, boolean exactly) {
      if (exactly) {
        starts.put(microBatch, at);
      }
    }

    void end(int microBatch, long at, boolean exactly) {
      Long start = starts.remove(microBatch);
      if (start != null && exactly) {
        known.put(microBatch, at - start);
      }
    }

    void clear() {
      starts.clear();
      known.clear();
    }
  }
}
