package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Abort;
import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Message.Commit;
import dev.titanic.schemas.edge.Message.Gradient;
import dev.titanic.schemas.edge.Message.Holding;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.PartitionState;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stage k of the pipeline on one client: activations forward, gradients backward, weights at the
 * commit. Decides nothing and keeps no plan: the route comes with every message.
 */
public final class StageProtocol implements PartitionProtocol {
  private final Address self;
  private final Outbox outbox;
  private final TransactionGuard guard;
  private final PartitionHost<StagePartition> host;

  /** Micro-batches whose graph is alive here. */
  private final BitSet inFlight = new BitSet();

  /** Micro-batches of the open step whose gradients are accumulated. */
  private int accumulated;

  public StageProtocol(Address self, PartitionLoader loader, Outbox outbox) {
    this.self = self;
    this.outbox = outbox;
    this.guard = new TransactionGuard(self);
    this.host =
        new PartitionHost<>(guard, loader, state -> loader.stage(self.row(), state), outbox);
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
    if (message instanceof Activation activation) {
      forward(activation);
    } else if (message instanceof Gradient gradient) {
      backward(gradient);
    } else if (message instanceof Commit commit) {
      requireAllReturned(guard.require(commit));
      host.commit(commit);
      accumulated = 0;
    } else if (message instanceof Abort abort) {
      guard.require(abort);
      host.abort(abort);
      inFlight.clear();
      accumulated = 0;
    } else if (!host.takes(from, message, idle())) {
      throw new ProtocolException(self + " got " + TransactionGuard.kind(message));
    }
  }

  private void forward(Activation activation) {
    Transaction transaction = guard.enter(activation, idle());
    StagePartition partition = host.at(transaction);
    int microBatch = activation.microBatch();
    if (activation.training()) {
      if (inFlight.get(microBatch)) {
        throw new ProtocolException(self + " got the activation of " + microBatch + " twice");
      }
      inFlight.set(microBatch);
    }
    TensorData output =
        partition.forward(
            new MicroBatch(transaction.version(), microBatch),
            activation.tensor(),
            activation.training());
    outbox.send(behind(transaction), activation.withTensor(output));
  }

  private void backward(Gradient gradient) {
    Transaction transaction = guard.require(gradient);
    int microBatch = gradient.microBatch();
    if (!inFlight.get(microBatch)) {
      throw new ProtocolException(self + " got the gradient of " + microBatch + " unasked");
    }
    StagePartition partition = host.at(transaction);
    TensorData input =
        partition.backward(new MicroBatch(transaction.version(), microBatch), gradient.tensor());
    inFlight.clear(microBatch);
    accumulated++;
    outbox.send(
        transaction.route().at(self.row() - 1),
        new Gradient(
            transaction,
            microBatch,
            gradient.microBatches(),
            input,
            accumulated == gradient.microBatches()
                ? plus(partition.squaredNorms(), gradient.squaredNorms())
                : null));
  }

  private static SquaredNorms plus(SquaredNorms own, @Nullable SquaredNorms behind) {
    return behind == null ? own : own.plus(behind);
  }

  /** The next stage, or the owner's head behind the last one. */
  private Address behind(Transaction transaction) {
    int next = self.row() + 1;
    return transaction.route().at(next > transaction.route().stages() ? Address.OWNER : next);
  }

  private boolean idle() {
    return inFlight.isEmpty() && accumulated == 0 && !host.arriving();
  }

  private void requireAllReturned(Transaction transaction) {
    if (!inFlight.isEmpty()) {
      throw new ProtocolException(
          "%s is to commit %s while gradients of %s are missing"
              .formatted(self, transaction, inFlight));
    }
  }

  @Override
  public int microBatchesInFlight() {
    return inFlight.cardinality();
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
  }
}
