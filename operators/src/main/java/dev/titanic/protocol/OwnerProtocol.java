package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Abort;
import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Message.Begin;
import dev.titanic.schemas.edge.Message.Commit;
import dev.titanic.schemas.edge.Message.Evaluate;
import dev.titanic.schemas.edge.Message.Evaluated;
import dev.titanic.schemas.edge.Message.Gradient;
import dev.titanic.schemas.edge.Message.Holding;
import dev.titanic.schemas.edge.Message.Prepared;
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
  private final Outbox outbox;
  private final TransactionGuard guard;
  private final PartitionHost<OwnerPartition> host;
  private @Nullable OwnerData data;
  private @Nullable Pass pass;

  /** Whether gradients are accumulated that neither a commit nor an abort has cleared. */
  private boolean undecided;

  /**
   * @param data opens the private data of this client
   */
  public OwnerProtocol(
      Address self, PartitionLoader loader, Supplier<OwnerData> data, Outbox outbox) {
    this.self = self;
    this.opening = data;
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
  public void on(Address from, Message message) {
    if (message instanceof Begin begin) {
      begin(begin);
    } else if (message instanceof Activation hidden) {
      head(hidden);
    } else if (message instanceof Gradient gradient) {
      backward(gradient);
    } else if (message instanceof Commit commit) {
      guard.require(commit);
      requireReported();
      host.commit(commit);
      undecided = false;
    } else if (message instanceof Abort abort) {
      guard.require(abort);
      requireReported();
      host.abort(abort);
      undecided = false;
    } else if (message instanceof Evaluate evaluate) {
      evaluate(evaluate);
    } else if (!host.takes(from, message, idle())) {
      throw new ProtocolException(self + " got " + TransactionGuard.kind(message));
    }
  }

  private void begin(Begin begin) {
    Transaction transaction = guard.enter(begin, idle());
    host.at(transaction);
    OwnerData.Step step = data().read(begin.position(), begin.microBatches());
    if (step == null) {
      reportNothing(transaction, Vote.STARVED, begin.position(), 0);
      return;
    }
    if (step.microBatches().isEmpty()) {
      reportNothing(transaction, Vote.EXHAUSTED, step.next(), step.rejected());
      return;
    }
    pass =
        new Pass(
            transaction,
            step,
            begin.firstMicroBatch(),
            true,
            PipelineSchedule.window(transaction.route().stages()));
    undecided = true;
  }

  private void reportNothing(
      Transaction transaction, Vote vote, StreamPosition next, long rejected) {
    outbox.send(
        Address.coordinator(),
        new Prepared(transaction, vote, 0, 0, 0, next, SquaredNorms.NONE, rejected));
  }

  private void evaluate(Evaluate evaluate) {
    Transaction transaction = guard.enter(evaluate, idle());
    host.at(transaction);
    List<TokenBatch> batches = data().evaluation(evaluate.firstSequence(), evaluate.sequences());
    pass =
        Pass.evaluation(
            transaction, batches, PipelineSchedule.window(transaction.route().stages()));
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
    int first = transaction.route().stages() == 0 ? Address.OWNER : 1;
    outbox.send(
        transaction.route().at(first),
        new Activation(
            transaction, microBatch, current.microBatches(), current.training(), output));
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
    outbox.send(
        transaction.route().at(transaction.route().stages()),
        new Gradient(transaction, microBatch, current.microBatches(), result.gradient(), null));
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
    SquaredNorms norms = current.joined(host.at(transaction).squaredNorms());
    boolean finite = Double.isFinite(current.lossSum()) && Double.isFinite(norms.total());
    outbox.send(
        Address.coordinator(),
        new Prepared(
            transaction,
            finite ? Vote.COMMIT : Vote.NOT_FINITE,
            current.lossSum(),
            current.targets(),
            current.tokens(),
            current.next(),
            norms,
            current.rejected()));
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
    return pass == null && !undecided && !host.arriving();
  }

  private void requireReported() {
    if (pass != null) {
      throw new ProtocolException(self + " got a decision before it has reported");
    }
  }

  @Override
  public int microBatchesInFlight() {
    return pass == null ? 0 : pass.underWay();
  }

  @Override
  public @Nullable PartitionState snapshot() {
    if (!idle()) {
      throw new ProtocolException(self + " was asked for a snapshot within a transaction");
    }
    return host.state();
  }

  @Override
  public void close() {
    host.close();
    if (data != null) {
      data.close();
    }
  }
}
