package dev.titanic.nn;

import dev.titanic.protocol.MicroBatch;
import dev.titanic.protocol.OwnerPartition;
import dev.titanic.protocol.StagePartition;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.TensorData;
import java.util.List;

/**
 * How well a model predicts a text.
 *
 * @param lossSum cross entropy summed over all targets
 * @param targets number of next-token targets
 */
public record Evaluation(double lossSum, long targets) {

  /** Runs micro-batches through all partitions of a model, in one thread, without gradients. */
  public static Evaluation of(
      OwnerPartition owner, List<? extends StagePartition> stages, Iterable<TokenBatch> batches) {
    double lossSum = 0;
    long targets = 0;
    MicroBatch each = new MicroBatch(0, 0);
    for (TokenBatch batch : batches) {
      TensorData hidden = owner.forward(each, batch, false);
      for (StagePartition stage : stages) {
        hidden = stage.forward(each, hidden, false);
      }
      lossSum += owner.head(each, hidden, batch, false).lossSum();
      targets += batch.targetCount();
    }
    return new Evaluation(lossSum, targets);
  }

  /** Mean cross entropy over the targets, in nats; NaN without targets. */
  public double meanLoss() {
    return lossSum / targets;
  }

  /** The exponential of the mean loss. */
  public double perplexity() {
    return Math.exp(meanLoss());
  }
}
