package dev.titanic.column;

import java.util.function.IntSupplier;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a cell shows in the dashboard, under the scope {@code titanic}: {@code forwardMillis},
 * {@code backwardMillis}, {@code waitingMillis} (open, but neither computing nor sending), {@code
 * tensorBytesSent}, {@code microBatchesInFlight}. The first four are accumulators too.
 */
final class CellMetrics {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final WorkMeter meter;
  private final LongCounter forward = new LongCounter();
  private final LongCounter backward = new LongCounter();
  private final LongCounter waiting = new LongCounter();
  private final LongCounter sent = new LongCounter();

  private CellMetrics(RuntimeContext context, WorkMeter meter, IntSupplier inFlight) {
    this.meter = meter;
    MetricGroup group = context.getMetricGroup().addGroup("titanic");
    group.gauge("forwardMillis", () -> meter.forwardNanos() / NANOS_PER_MILLI);
    group.gauge("backwardMillis", () -> meter.backwardNanos() / NANOS_PER_MILLI);
    group.gauge("waitingMillis", () -> meter.waitingNanos() / NANOS_PER_MILLI);
    group.gauge("tensorBytesSent", meter::tensorBytes);
    group.gauge("microBatchesInFlight", inFlight::getAsInt);
    context.addAccumulator("forwardMillis", forward);
    context.addAccumulator("backwardMillis", backward);
    context.addAccumulator("waitingMillis", waiting);
    context.addAccumulator("tensorBytesSent", sent);
  }

  static CellMetrics register(RuntimeContext context, WorkMeter meter, IntSupplier inFlight) {
    return new CellMetrics(context, meter, inFlight);
  }

  /** Brings the accumulators up to date. */
  void show() {
    set(forward, meter.forwardNanos() / NANOS_PER_MILLI);
    set(backward, meter.backwardNanos() / NANOS_PER_MILLI);
    set(waiting, meter.waitingNanos() / NANOS_PER_MILLI);
    set(sent, meter.tensorBytes());
  }

  private static void set(LongCounter counter, long value) {
    counter.add(value - counter.getLocalValuePrimitive());
  }
}
