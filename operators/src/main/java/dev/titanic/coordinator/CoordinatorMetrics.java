package dev.titanic.coordinator;

import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the coordinator shows in the dashboard, under the scope {@code titanic}: {@code step},
 * {@code loss}, {@code perplexity} (of the last step), {@code gradientNorm}, {@code learningRate},
 * {@code tokensPerSecond}, {@code skipped}, {@code rejected}, {@code placementEpoch}; and of each
 * of several owners, under the scope {@code titanic.owner.ID}, {@code loss} and {@code perplexity}
 * of the last step that it gave something to. All are accumulators too, an owner's by the names
 * {@code owner.ID.loss} and {@code owner.ID.perplexity}.
 */
final class CoordinatorMetrics {
  private final RuntimeContext context;
  private final MetricGroup group;

  private CoordinatorMetrics(RuntimeContext context) {
    this.context = context;
    this.group = context.getMetricGroup().addGroup("titanic");
  }

  /**
   * @param owners ids of all clients whose data is trained on
   */
  static void register(RuntimeContext context, ProgressJournal journal, List<String> owners) {
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
    if (owners.size() > 1) {
      owners.forEach(owner -> metrics.owner(owner, () -> latest.loss(owner)));
    }
  }

  private void owner(String id, DoubleSupplier loss) {
    MetricGroup own = group.addGroup("owner").addGroup(id);
    String name = "owner." + id + ".";
    value(own, "loss", name, loss);
    value(own, "perplexity", name, () -> Math.exp(loss.getAsDouble()));
  }

  private void count(String name, LongSupplier value) {
    group.gauge(name, value::getAsLong);
    context.addAccumulator(name, new LatestValue<>(value::getAsLong));
  }

  private void value(String name, DoubleSupplier value) {
    value(group, name, "", value);
  }

  /**
   * @param prefix of the accumulator's name
   */
  private void value(MetricGroup in, String name, String prefix, DoubleSupplier value) {
    in.gauge(name, value::getAsDouble);
    context.addAccumulator(prefix + name, new LatestValue<>(value::getAsDouble));
  }
}
