package dev.titanic.protocol;

import dev.titanic.protocol.masks.FixedPoint;
import dev.titanic.protocol.masks.MaskingKey;
import dev.titanic.protocol.masks.Masks;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Abort;
import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Message.Aggregate;
import dev.titanic.schemas.edge.Message.Begin;
import dev.titanic.schemas.edge.Message.Commit;
import dev.titanic.schemas.edge.Message.Count;
import dev.titanic.schemas.edge.Message.Counted;
import dev.titanic.schemas.edge.Message.Evaluate;
import dev.titanic.schemas.edge.Message.Evaluated;
import dev.titanic.schemas.edge.Message.Gradient;
import dev.titanic.schemas.edge.Message.Holding;
import dev.titanic.schemas.edge.Message.Prepared;
import dev.titanic.schemas.edge.Message.Ready;
import dev.titanic.schemas.edge.Message.Start;
import dev.titanic.schemas.edge.Message.Summed;
import dev.titanic.schemas.edge.Message.Vote;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.PartitionState;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A data owner's side of the protocol: takes micro-batches from its own topic, sends activations,
 * computes the loss on what comes back, and reports.
 *
 * <p>Without stages its own messages come back to it, so that there is one path for every K.
 */
public final class OwnerProtocol implements PartitionProtocol {
  private final Address self;
  private final Supplier<OwnerData> opening;
  private final @Nullable MaskingKey maskingKey;
  private final Outbox outbox;
  private final TransactionGuard guard;
  private final PartitionHost<OwnerPartition> host;
  private @Nullable OwnerData data;
  private @Nullable Pass pass;
  private @Nullable OwnerAggregation aggregation;

  /** Whether gradients are accumulated that neither a commit nor an abort has cleared. */
  private boolean undecided;

  /**
   * @param data opens the private data of this client
   * @param maskingKey made for this attempt of the job; null when the server may see what each of
   *     several owners gives to a sum
   */
  public OwnerProtocol(
      Address self,
      PartitionLoader loader,
      Supplier<OwnerData> data,
      @Nullable MaskingKey maskingKey,
      Outbox outbox) {
    this.self = self;
    this.opening = data;
    this.maskingKey = maskingKey;
    this.outbox = outbox;
    this.guard = new TransactionGuard(self);
    this.host = new PartitionHost<>(guard, loader, loader::owner, outbox);
  }

  @Override
  public void restore(PartitionState state) {
    host.restore(state);
  }

  @Override
  public List<Holding> held() {
    return host.held();
  }

  @Override
  public String maskingKey() {
    return maskingKey == null ? "" : maskingKey.announced();
  }

  @Override
  public void on(Address from, Message message) {
    if (message instanceof Begin begin) {
      begin(begin);
    } else if (message instanceof Activation hidden) {
      head(hidden);
    } else if (message instanceof Gradient gradient) {
      backward(gradient);
    } else if (message instanceof Start start) {
      start(start);
    } else if (message instanceof Commit commit) {
      guard.require(commit);
      requireReported();
      host.commit(commit);
      undecided = false;
    } else if (message instanceof Abort abort) {
      abort(abort);
    } else if (message instanceof Aggregate aggregate) {
      aggregate(aggregate);
    } else if (message instanceof Summed summed) {
      summed(summed);
    } else if (message instanceof Count count) {
      Transaction transaction = guard.enter(count, idle());
      OwnerData.Amount amount = data().count(count.position());
      outbox.send(
          Address.coordinator(), new Counted(transaction, amount.sequences(), amount.bounded()));
    } else if (message instanceof Evaluate evaluate) {
      evaluate(evaluate);
    } else if (!host.takes(from, message, idle())) {
      throw new ProtocolException(self + " got " + TransactionGuard.kind(message));
    }
  }

  private void begin(Begin begin) {
    Transaction transaction = guard.enter(begin, idle());
    host.at(transaction);
    OwnerData.Step step = read(begin);
    if (step == null) {
      reportNothing(transaction, Vote.STARVED, begin.position(), 0);
      return;
    }
    boolean alone = transaction.route().owners().size() == 1;
    if (step.microBatches().isEmpty() && alone) {
      reportNothing(transaction, Vote.EXHAUSTED, step.next(), step.rejected());
      return;
    }
    Pass begun = Pass.training(transaction, step);
    pass = begun;
    undecided = true;
    if (alone) {
      begun.admitAlone();
    } else {
      // one that starts while another has no data would leave its micro-batches in the pipeline
      outbox.send(Address.coordinator(), new Ready(transaction, begun.size()));
    }
  }

  private OwnerData.@Nullable Step read(Begin begin) {
    return begin.microBatches() == 0
        ? new OwnerData.Step(List.of(), begin.position(), 0)
        : data().read(begin.position(), begin.microBatches());
  }

  private void start(Start start) {
    Pass ready = under(guard.require(start));
    ready.admit(start.microBatches(), start.total());
    reportWhenComplete(ready);
  }

  /** Drops a step that was reported, or that never started because another owner has no data. */
  private void abort(Abort abort) {
    guard.require(abort);
    if (pass != null && !pass.isAdmitted()) {
      pass = null;
    }
    requireReported();
    host.abort(abort);
    undecided = false;
  }

  /** Gradients are of the open step; weights are a transaction of their own. */
  private void aggregate(Aggregate aggregate) {
    Transaction transaction =
        switch (aggregate.quantity()) {
          case GRADIENTS -> guard.require(aggregate);
          case WEIGHTS -> guard.enter(aggregate, idle());
        };
    requireReported();
    OwnerAggregation begun =
        new OwnerAggregation(aggregate, host.at(transaction), masks(aggregate), outbox);
    aggregation = begun;
    begun.begin();
    if (begun.complete()) {
      aggregation = null;
    }
  }

  /** An owner that masks gives nothing without; the coordinator cannot ask it to. */
  private @Nullable Masks masks(Aggregate aggregate) {
    if (maskingKey != null) {
      return maskingKey.masks(aggregate.transaction().id(), aggregate.maskingKeys());
    }
    if (!aggregate.maskingKeys().isEmpty()) {
      throw new ProtocolException(self + " is to mask what it gives, and has no key");
    }
    return null;
  }

  private void summed(Summed summed) {
    guard.require(summed);
    if (aggregation == null) {
      throw new ProtocolException(self + " got a sum that it did not ask for");
    }
    aggregation.receive(summed);
    if (aggregation.complete()) {
      aggregation = null;
    }
  }

  private void reportNothing(
      Transaction transaction, Vote vote, StreamPosition next, long rejected) {
    outbox.send(
        Address.coordinator(),
        new Prepared(
            transaction, vote, 0, 0, 0, 0, next, SquaredNorms.NONE, SquaredNorms.NONE, rejected));
  }

  private void evaluate(Evaluate evaluate) {
    Transaction transaction = guard.enter(evaluate, idle());
    host.at(transaction);
    pass =
        Pass.evaluation(
            transaction, data().evaluation(evaluate.firstSequence(), evaluate.sequences()));
    reportWhenComplete(pass);
  }

  @Override
  public boolean mayProceed() {
    return pass != null && pass.mayStart();
  }

  /** Starts one more micro-batch, when the window has room for it. */
  @Override
  public void proceed() {
    Pass current = pass;
    if (current == null || !current.mayStart()) {
      return;
    }
    int microBatch = current.start();
    Transaction transaction = current.transaction();
    TensorData output =
        host.at(transaction)
            .forward(current.identify(microBatch), current.batch(microBatch), current.training());
    outbox.send(
        transaction.route().stages() == 0 ? self : transaction.route().at(1),
        new Activation(
            transaction, self.column(), microBatch, current.total(), current.training(), output));
  }

  private void head(Activation hidden) {
    Pass current = under(guard.require(hidden));
    int microBatch = hidden.microBatch();
    HeadResult result =
        host.at(current.transaction())
            .head(
                current.identify(microBatch),
                hidden.tensor(),
                current.batch(microBatch),
                current.training());
    current.lost(microBatch, result.lossSum());
    if (result.gradient() == null) {
      current.finish(microBatch, null);
      reportWhenComplete(current);
      return;
    }
    Transaction transaction = current.transaction();
    int stages = transaction.route().stages();
    outbox.send(
        stages == 0 ? self : transaction.route().at(stages),
        new Gradient(
            transaction, self.column(), microBatch, current.total(), result.gradient(), null));
  }

  private void backward(Gradient gradient) {
    Pass current = under(guard.require(gradient));
    host.at(current.transaction())
        .backward(current.identify(gradient.microBatch()), gradient.tensor());
    current.finish(gradient.microBatch(), gradient.squaredNorms());
    reportWhenComplete(current);
  }

  private void reportWhenComplete(Pass current) {
    if (!current.complete()) {
      return;
    }
    pass = null;
    Transaction transaction = current.transaction();
    if (!current.training()) {
      outbox.send(
          Address.coordinator(), new Evaluated(transaction, current.lossSum(), current.targets()));
      return;
    }
    SquaredNorms norms = host.at(transaction).squaredNorms();
    boolean finite =
        Double.isFinite(current.lossSum())
            && Double.isFinite(norms.plus(current.stageNorms()).total())
            && canBeSummed(norms, transaction);
    outbox.send(
        Address.coordinator(),
        new Prepared(
            transaction,
            finite ? Vote.COMMIT : Vote.NOT_FINITE,
            current.lossSum(),
            current.targets(),
            current.tokens(),
            current.size(),
            current.next(),
            norms,
            current.stageNorms(),
            current.rejected()));
  }

  /** No element of a gradient is larger than its norm. */
  private boolean canBeSummed(SquaredNorms norms, Transaction transaction) {
    return maskingKey == null
        || new FixedPoint(transaction.route().owners().size()).holds(Math.sqrt(norms.total()));
  }

  /** Opened when this client first owns a transaction: a client without data never reads any. */
  private OwnerData data() {
    if (data == null) {
      data = opening.get();
    }
    return data;
  }

  private Pass under(Transaction transaction) {
    if (pass == null || !pass.transaction().equals(transaction)) {
      throw new ProtocolException(self + " has no micro-batches under way for " + transaction);
    }
    return pass;
  }

  private boolean idle() {
    return pass == null && !undecided && aggregation == null && !host.arriving();
  }

  private void requireReported() {
    if (pass != null || aggregation != null) {
      throw new ProtocolException(self + " got a decision before it has reported");
    }
  }

  @Override
  public int microBatchesInFlight() {
    return pass == null ? 0 : pass.underWay();
  }

  @Override
  public List<PartitionState> snapshot() {
    if (!idle()) {
      throw new ProtocolException(self + " was asked for a snapshot within a transaction");
    }
    return host.states();
  }

  @Override
  public void close() {
    host.close();
    if (data != null) {
      data.close();
    }
  }
}
