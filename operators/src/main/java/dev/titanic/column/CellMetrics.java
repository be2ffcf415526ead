package dev.titanic.column;

import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Message.Gradient;
import dev.titanic.schemas.edge.Message.WithTensor;
import java.util.function.IntSupplier;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a cell shows in the dashboard, under the scope {@code titanic}: {@code forwardMillis},
 * {@code backwardMillis}, {@code waitingMillis} (open, but neither computing nor sending), {@code
 * tensorBytesSent}, {@code microBatchesInFlight}. The first four are accumulators too.
 */
final class CellMetrics {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long openedAt = System.nanoTime();
  private final Counter tensorBytesSent;
  private final LongCounter forward = new LongCounter();
  private final LongCounter backward = new LongCounter();
  private final LongCounter waiting = new LongCounter();
  private final LongCounter sent = new LongCounter();
  private long forwardNanos;
  private long backwardNanos;
  private long otherNanos;

  private CellMetrics(RuntimeContext context, IntSupplier inFlight) {
    MetricGroup group = context.getMetricGroup().addGroup("titanic");
    tensorBytesSent = group.counter("tensorBytesSent");
    group.gauge("forwardMillis", () -> forwardNanos / NANOS_PER_MILLI);
    group.gauge("backwardMillis", () -> backwardNanos / NANOS_PER_MILLI);
    group.gauge("waitingMillis", () -> waitingNanos() / NANOS_PER_MILLI);
    group.gauge("microBatchesInFlight", inFlight::getAsInt);
    context.addAccumulator("forwardMillis", forward);
    context.addAccumulator("backwardMillis", backward);
    context.addAccumulator("waitingMillis", waiting);
    context.addAccumulator("tensorBytesSent", sent);
  }

  static CellMetrics register(RuntimeContext context, IntSupplier inFlight) {
    return new CellMetrics(context, inFlight);
  }

  void time(Message message, Runnable work) {
    long start = System.nanoTime();
    work.run();
    long nanos = System.nanoTime() - start;
    if (message instanceof Gradient) {
      backwardNanos += nanos;
    } else if (message instanceof Activation) {
      forwardNanos += nanos;
    } else {
      otherNanos += nanos;
    }
    show();
  }

  void timeForward(Runnable work) {
    long start = System.nanoTime();
    work.run();
    forwardNanos += System.nanoTime() - start;
    show();
  }

  void sent(Message message) {
    if (message instanceof WithTensor withTensor) {
      tensorBytesSent.inc(withTensor.tensor().size());
    }
  }

  private long waitingNanos() {
    return System.nanoTime() - openedAt - forwardNanos - backwardNanos - otherNanos;
  }

  private void show() {
    set(forward, forwardNanos / NANOS_PER_MILLI);
    set(backward, backwardNanos / NANOS_PER_MILLI);
    set(waiting, waitingNanos() / NANOS_PER_MILLI);
    set(sent, tensorBytesSent.getCount());
  }

  private static void set(LongCounter counter, long value) {
    counter.add(value - counter.getLocalValuePrimitive());
  }
}
