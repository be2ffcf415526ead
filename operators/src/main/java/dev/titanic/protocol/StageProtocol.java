package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Abort;
import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Message.Commit;
import dev.titanic.schemas.edge.Message.Gradient;
import dev.titanic.schemas.edge.Message.Holding;
import dev.titanic.schemas.edge.Route;
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

  private final InOrder<Activation> activations = new InOrder<>();
  private final InOrder<Gradient> gradients = new InOrder<>();

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
      receive(activation);
    } else if (message instanceof Gradient gradient) {
      receive(gradient);
    } else if (message instanceof Commit commit) {
      requireAllReturned(guard.require(commit));
      host.commit(commit);
      clear();
    } else if (message instanceof Abort abort) {
      guard.require(abort);
      host.abort(abort);
      clear();
    } else if (!host.takes(from, message, idle())) {
      throw new ProtocolException(self + " got " + TransactionGuard.kind(message));
    }
  }

  private void receive(Activation activation) {
    Transaction transaction = guard.enter(activation, idle());
    StagePartition partition = host.at(transaction);
    if (!activation.training()) {
      forward(activation, partition);
      return;
    }
    activations.add(activation.microBatch(), activation);
    for (Activation next = activations.poll(); next != null; next = activations.poll()) {
      inFlight.set(next.microBatch());
      forward(next, partition);
    }
  }

  private void forward(Activation activation, StagePartition partition) {
    Transaction transaction = activation.transaction();
    TensorData output =
        partition.forward(
            new MicroBatch(transaction.version(), activation.microBatch()),
            activation.tensor(),
            activation.training());
    outbox.send(behind(activation), activation.withTensor(output));
  }

  private void receive(Gradient gradient) {
    StagePartition partition = host.at(guard.require(gradient));
    if (!inFlight.get(gradient.microBatch())) {
      throw new ProtocolException(
          self + " got the gradient of " + gradient.microBatch() + " unasked");
    }
    gradients.add(gradient.microBatch(), gradient);
    for (Gradient next = gradients.poll(); next != null; next = gradients.poll()) {
      backward(next, partition);
    }
  }

  private void backward(Gradient gradient, StagePartition partition) {
    Transaction transaction = gradient.transaction();
    int microBatch = gradient.microBatch();
    TensorData input =
        partition.backward(new MicroBatch(transaction.version(), microBatch), gradient.tensor());
    inFlight.clear(microBatch);
    accumulated++;
    boolean last = accumulated == gradient.microBatches();
    outbox.send(
        inFrontOf(gradient),
        new Gradient(
            transaction,
            gradient.owner(),
            microBatch,
            gradient.microBatches(),
            input,
            last ? plus(partition.squaredNorms(), gradient.squaredNorms()) : null));
  }

  private static SquaredNorms plus(SquaredNorms own, @Nullable SquaredNorms behind) {
    return behind == null ? own : own.plus(behind);
  }

  /** The next stage, or the head of the micro-batch's owner behind the last one. */
  private Address behind(Activation activation) {
    Route route = activation.transaction().route();
    int next = self.row() + 1;
    return next > route.stages() ? route.owner(activation.owner()) : route.at(next);
  }

  private Address inFrontOf(Gradient gradient) {
    Route route = gradient.transaction().route();
    int previous = self.row() - 1;
    return previous == Address.OWNER ? route.owner(gradient.owner()) : route.at(previous);
  }

  private void clear() {
    activations.reset();
    gradients.reset();
    inFlight.clear();
    accumulated = 0;
  }

  private boolean idle() {
    return inFlight.isEmpty() && accumulated == 0 && activations.isEmpty() && !host.arriving();
  }

  private void requireAllReturned(Transaction transaction) {
    if (!inFlight.isEmpty() || !activations.isEmpty()) {
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
  public List<PartitionState> snapshot() {
    if (!idle()) {
      throw new ProtocolException(self + " was asked for a snapshot within a transaction");
    }
    return host.states();
  }

  @Override
  public void close() {
    host.close();
  }
}
