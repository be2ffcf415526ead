package dev.titanic.protocol;

import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.Transaction;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An owner's way through its micro-batches of one transaction: which may start, which are under
 * way, what they add up to.
 *
 * <p>A micro-batch starts when none of this owner is under way, or when its global index is less
 * than {@code window} behind the oldest one that is. So a single owner has at most {@code window}
 * under way, and owners that take turns have about as many between them.
 */
final class Pass {
  private final Transaction transaction;
  private final OwnerData.Step data;
  private final boolean training;
  private final int window;
  private final SortedMap<Integer, TokenBatch> underWay = new TreeMap<>();
  private List<Integer> indices = List.of();
  private int total;
  private boolean admitted;
  private int started;
  private int finished;
  private double lossSum;
  private long targets;
  private long tokens;
  private SquaredNorms stageNorms = SquaredNorms.NONE;

  private Pass(Transaction transaction, OwnerData.Step data, boolean training) {
    this.transaction = transaction;
    this.data = data;
    this.training = training;
    this.window = PipelineSchedule.window(transaction.route().stages());
  }

  /** A pass that starts nothing before it is admitted. */
  static Pass training(Transaction transaction, OwnerData.Step data) {
    return new Pass(transaction, data, true);
  }

  static Pass evaluation(Transaction transaction, List<TokenBatch> batches) {
    Pass pass =
        new Pass(transaction, new OwnerData.Step(batches, StreamPosition.BEGINNING, 0), false);
    pass.admitAlone();
    return pass;
  }

  /** Number of micro-batches of this owner. */
  int size() {
    return data.microBatches().size();
  }

  /** There is no other owner. */
  void admitAlone() {
    admit(IntStream.range(0, size()).boxed().toList(), size());
  }

  /**
   * Lets micro-batches start.
   *
   * @param microBatches their global indices, ascending
   * @param ofAll number of micro-batches of all owners; 0 when what is here is passed over
   */
  void admit(List<Integer> microBatches, int ofAll) {
    if (admitted || microBatches.size() != (ofAll == 0 ? 0 : size())) {
      throw new ProtocolException(
          "%d micro-batches get the indices %s".formatted(size(), microBatches));
    }
    indices = microBatches;
    total = ofAll;
    admitted = true;
  }

  boolean isAdmitted() {
    return admitted;
  }

  Transaction transaction() {
    return transaction;
  }

  boolean training() {
    return training;
  }

  /** Number of micro-batches of all owners. */
  int total() {
    return total;
  }

  boolean mayStart() {
    return admitted
        && started < indices.size()
        && (underWay.isEmpty() || indices.get(started) - underWay.firstKey() < window);
  }

  /** Starts the next micro-batch and returns its global index. */
  int start() {
    int microBatch = indices.get(started);
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

  /** The micro-batch is back, with the squared norms of the stages if it was the last of all. */
  void finish(int microBatch, @Nullable SquaredNorms norms) {
    batch(microBatch);
    underWay.remove(microBatch);
    finished++;
    if (norms != null) {
      stageNorms = norms;
    }
  }

  boolean complete() {
    return admitted && finished == indices.size();
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

  SquaredNorms stageNorms() {
    return stageNorms;
  }
}
