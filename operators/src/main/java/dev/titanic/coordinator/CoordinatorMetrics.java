package dev.titanic.coordinator;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the coordinator shows in the dashboard, under the scope {@code titanic}: {@code step},
 * {@code loss}, {@code perplexity} (of the last step), {@code gradientNorm}, {@code learningRate},
 * {@code tokensPerSecond}, {@code skipped}, {@code rejected}, {@code placementEpoch}. All are
 * accumulators too.
 */
final class CoordinatorMetrics {
  private final RuntimeContext context;
  private final MetricGroup group;

  private CoordinatorMetrics(RuntimeContext context) {
    this.context = context;
    this.group = context.getMetricGroup().addGroup("titanic");
  }

  static void register(RuntimeContext context, ProgressJournal journal) {
    ProgressJournal.Latest latest = journal.latest();
    CoordinatorMetrics metrics = new CoordinatorMetrics(context);
    metrics.count("step", () -> latest.step);
    metrics.value("loss", () -> latest.loss);
    metrics.value("perplexity", () -> latest.perplexity);
    metrics.value("gradientNorm", () -> latest.gradientNorm);
    metrics.value("learningRate", () -> latest.learningRate);
    metrics.value("tokensPerSecond", () -> latest.tokensPerSecond);
    metrics.count("skipped", () -> latest.skipped);
    metrics.count("rejected", () -> latest.rejected);
    metrics.count("placementEpoch", () -> latest.placementEpoch);
  }

  private void count(String name, LongSupplier value) {
    group.gauge(name, value::getAsLong);
    context.addAccumulator(name, new LatestValue<>(value::getAsLong));
  }

  private void value(String name, DoubleSupplier value) {
    group.gauge(name, value::getAsDouble);
    context.addAccumulator(name, new LatestValue<>(value::getAsDouble));
  }
}
