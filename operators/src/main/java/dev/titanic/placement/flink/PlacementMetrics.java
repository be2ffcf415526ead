package dev.titanic.placement.flink;

import dev.titanic.coordinator.LatestValue;
import dev.titanic.placement.Decision;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the placement shows in the dashboard, under the scope {@code titanic}, of the last decision:
 * {@code objective}, {@code solveSeconds}, {@code stepSeconds} (predicted), {@code
 * bestStepSeconds}, {@code solves}, {@code moves}, {@code lastReason}. All are accumulators too;
 * the epoch is the coordinator's to show, because accumulators of one name would be added up.
 */
final class PlacementMetrics {
  private final RuntimeContext context;
  private final MetricGroup group;

  private double objective;
  private double solveSeconds;
  private double stepSeconds;
  private double bestStepSeconds;
  private long solves;
  private long moves;
  private String reason = "nothing is measured yet";

  private PlacementMetrics(RuntimeContext context) {
    this.context = context;
    this.group = context.getMetricGroup().addGroup("titanic");
  }

  static PlacementMetrics register(RuntimeContext context) {
    PlacementMetrics metrics = new PlacementMetrics(context);
    metrics.value("objective", () -> metrics.objective);
    metrics.value("solveSeconds", () -> metrics.solveSeconds);
    metrics.value("stepSeconds", () -> metrics.stepSeconds);
    metrics.value("bestStepSeconds", () -> metrics.bestStepSeconds);
    metrics.count("solves", () -> metrics.solves);
    metrics.count("moves", () -> metrics.moves);
    metrics.group.gauge("lastReason", () -> metrics.reason);
    context.addAccumulator("lastReason", new LatestValue<>(() -> metrics.reason));
    return metrics;
  }

  void show(Decision decision) {
    objective = decision.objective();
    solveSeconds = decision.solveSeconds();
    stepSeconds = decision.stepSeconds();
    bestStepSeconds = decision.bestStepSeconds();
    solves++;
    if (decision.moves()) {
      moves++;
    }
    reason = decision.reason();
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
