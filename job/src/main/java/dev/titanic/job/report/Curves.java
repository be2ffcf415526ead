package dev.titanic.job.report;

import java.util.List;

/**
 * What is drawn over steps.
 *
 * @param loss of every owner, in nats
 * @param together loss of the steps that several owners took at once, over the targets of all
 * @param evaluations loss on the evaluation text, in nats
 * @param computing of every partition, forward and backward, in seconds a step
 * @param waiting of every partition, as a share of its time in the step
 */
record Curves(
    List<Curve> loss,
    Curve together,
    Curve evaluations,
    Curve learningRate,
    Curve gradientNorm,
    Curve tokensPerSecond,
    Curve stepSeconds,
    List<Curve> computing,
    List<Curve> waiting) {
  Curves {
    loss = List.copyOf(loss);
    computing = List.copyOf(computing);
    waiting = List.copyOf(waiting);
  }
}
