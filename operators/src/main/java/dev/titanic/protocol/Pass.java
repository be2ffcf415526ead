package dev.titanic.protocol;

import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.Transaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An owner's way through the micro-batches of one transaction: which may start, which are under
 * way, what they add up to. At most {@code window} are under way at a time.
 */
final class Pass {
  private final Transaction transaction;
  private final OwnerData.Step data;
  private final int firstMicroBatch;
  private final boolean training;
  private final int window;
  private final Map<Integer, TokenBatch> underWay = new HashMap<>();
  private int started;
  private int finished;
  private double lossSum;
  private long targets;
  private long tokens;
  private @Nullable SquaredNorms behind;

  Pass(
      Transaction transaction,
      OwnerData.Step data,
      int firstMicroBatch,
      boolean training,
      int window) {
    this.transaction = transaction;
    this.data = data;
    this.firstMicroBatch = firstMicroBatch;
    this.training = training;
    this.window = window;
  }

  static Pass evaluation(Transaction transaction, List<TokenBatch> batches, int window) {
    return new Pass(
        transaction, new OwnerData.Step(batches, StreamPosition.BEGINNING, 0), 0, false, window);
  }

  Transaction transaction() {
    return transaction;
  }

  boolean training() {
    return training;
  }

  int microBatches() {
    return data.microBatches().size();
  }

  boolean mayStart() {
    return started < microBatches() && underWay.size() < window;
  }

  /** Starts the next micro-batch and returns its global index. */
  int start() {
    int microBatch = firstMicroBatch + started;
    underWay.put(microBatch, data.microBatches().get(started));
    started++;
    return microBatch;
  }

  MicroBatch identify(int microBatch) {
    return new MicroBatch(transaction.version(), microBatch);
  }

  TokenBatch batch(int microBatch) {
    TokenBatch batch = underWay.get(microBatch);
    if (batch == null) {
      throw new ProtocolException("micro-batch " + microBatch + " is not under way");
    }
    return batch;
  }

  void lost(int microBatch, double loss) {
    lossSum += loss;
    TokenBatch batch = batch(microBatch);
    targets += batch.targetCount();
    tokens += batch.tokenCount();
  }

  /** The micro-batch is back, with the squared norms of the rows behind if it was the last. */
  void finish(int microBatch, @Nullable SquaredNorms norms) {
    batch(microBatch);
    underWay.remove(microBatch);
    finished++;
    behind = norms;
  }

  boolean complete() {
    return finished == microBatches();
  }

  int underWay() {
    return underWay.size();
  }

  double lossSum() {
    return lossSum;
  }

  long targets() {
    return targets;
  }

  long tokens() {
    return tokens;
  }

  StreamPosition next() {
    return data.next();
  }

  long rejected() {
    return data.rejected();
  }

  SquaredNorms joined(SquaredNorms own) {
    return behind == null ? own : own.plus(behind);
  }
}
