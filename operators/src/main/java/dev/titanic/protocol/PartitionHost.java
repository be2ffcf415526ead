package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Abort;
import dev.titanic.schemas.edge.Message.Acknowledged;
import dev.titanic.schemas.edge.Message.Chunk;
import dev.titanic.schemas.edge.Message.Commit;
import dev.titanic.schemas.edge.Message.Holding;
import dev.titanic.schemas.edge.Message.Load;
import dev.titanic.schemas.edge.Message.Move;
import dev.titanic.schemas.edge.Message.Pull;
import dev.titanic.schemas.edge.Message.Release;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.edge.Work;
import dev.titanic.schemas.state.PartitionState;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A subtask's hold on its row's partition, the same for the owner and the stages: nothing, a parked
 * state (restored or moved here, not yet loaded), or the loaded partition.
 *
 * @param <P> kind of partition
 */
final class PartitionHost<P extends Partition> {
  private final Address self;
  private final TransactionGuard guard;
  private final PartitionLoader loader;
  private final Function<@Nullable PartitionState, P> loading;
  private final Outbox outbox;

  private @Nullable PartitionState parked;
  private @Nullable P loaded;
  private long version;
  private StateTransfer.@Nullable Source leaving;
  private StateTransfer.@Nullable Target arriving;
  private int arrivingFrom;

  /**
   * @param loading how the loader makes this row's partition
   */
  PartitionHost(
      TransactionGuard guard,
      PartitionLoader loader,
      Function<@Nullable PartitionState, P> loading,
      Outbox outbox) {
    this.self = guard.self();
    this.guard = guard;
    this.loader = loader;
    this.loading = loading;
    this.outbox = outbox;
  }

  void restore(PartitionState state) {
    if (state.partition() != self.row()) {
      throw new ProtocolException(self + " restored the state of partition " + state.partition());
    }
    if (parked != null || loaded != null) {
      throw new ProtocolException(self + " restored two states");
    }
    parked = state;
    version = state.version();
  }

  boolean holds() {
    return parked != null || loaded != null;
  }

  List<Holding> held() {
    return holds() ? List.of(new Holding(self.row(), version)) : List.of();
  }

  /** A copy of what is held, for a snapshot; null when nothing is. */
  @Nullable PartitionState state() {
    return loaded != null ? loaded.state(version) : parked;
  }

  /** The loaded partition, which must be at the version on which the transaction works. */
  P at(Transaction transaction) {
    if (loaded == null) {
      throw new ProtocolException(self + " has no partition loaded for transaction " + transaction);
    }
    if (version != transaction.version() || !transaction.route().at(self.row()).equals(self)) {
      throw new ProtocolException(
          "%s at version %d got transaction %s".formatted(self, version, transaction));
    }
    return loaded;
  }

  /**
   * Takes a message about who holds what.
   *
   * @param idle whether nothing of an earlier transaction is unfinished here
   * @return false when the message is about something else
   */
  boolean takes(Address from, Message message, boolean idle) {
    if (message instanceof Load load) {
      guard.enter(load, idle);
      load(load);
    } else if (message instanceof Move move) {
      guard.enter(move, idle);
      move(move);
    } else if (message instanceof Pull pull) {
      guard.enter(pull, idle);
      outbox.send(from, from.equals(Address.coordinator()) ? weights(pull) : state(pull));
    } else if (message instanceof Chunk chunk) {
      guard.require(chunk);
      receive(chunk);
    } else if (message instanceof Release release) {
      guard.require(release);
      release(release);
    } else {
      return false;
    }
    return true;
  }

  private void load(Load load) {
    if (loaded != null) {
      throw new ProtocolException(self + " has its partition loaded already");
    }
    long found = parked == null ? 0 : parked.version();
    if (found != load.transaction().version()) {
      throw new ProtocolException(
          "%s holds version %d, to load is version %d"
              .formatted(self, found, load.transaction().version()));
    }
    loaded = loading.apply(parked);
    version = found;
    parked = null;
    acknowledge(load.transaction());
  }

  private void move(Move move) {
    if (holds()) {
      throw new ProtocolException(self + " is to get a partition and holds one");
    }
    arriving = new StateTransfer.Target();
    arrivingFrom = move.source();
    pull(move.transaction());
    loader.expect(self.row());
  }

  private Chunk state(Pull pull) {
    if (leaving == null) {
      // A view is enough: nothing changes before the release, which follows the last chunk.
      PartitionState state = loaded != null ? loaded.view(version) : parked;
      if (state == null || state.version() != pull.transaction().version()) {
        throw new ProtocolException(self + " has nothing to send for " + pull.transaction());
      }
      leaving = new StateTransfer.Source(state, PulledChunks.BYTES);
    }
    return leaving.chunk(pull.transaction(), pull.chunk());
  }

  private Chunk weights(Pull pull) {
    return new WeightTransfer.Source(at(pull.transaction()), PulledChunks.BYTES)
        .chunk(pull.transaction(), pull.chunk());
  }

  private void receive(Chunk chunk) {
    if (arriving == null) {
      throw new ProtocolException(self + " got a chunk that it did not ask for");
    }
    arriving.receive(chunk);
    if (!arriving.complete()) {
      pull(chunk.transaction());
      return;
    }
    restore(arriving.state());
    arriving = null;
    if (version != chunk.transaction().version()) {
      throw new ProtocolException(
          "%s got version %d in transaction %s".formatted(self, version, chunk.transaction()));
    }
    acknowledge(chunk.transaction());
  }

  private void release(Release release) {
    if (!holds()) {
      throw new ProtocolException(self + " has nothing to release");
    }
    close();
    acknowledge(release.transaction());
  }

  void commit(Commit commit) {
    at(commit.transaction()).commit(commit.factor(), commit.learningRate());
    version++;
    acknowledge(commit.transaction());
  }

  void abort(Abort abort) {
    at(abort.transaction()).discard();
    acknowledge(abort.transaction());
  }

  /** Drops what is held and frees native memory. */
  void close() {
    if (loaded != null) {
      loaded.close();
    }
    loaded = null;
    parked = null;
    leaving = null;
    arriving = null;
  }

  /**
   * Whether a partition is on its way here. One that is on its way from here still belongs here:
   * the release comes behind any barrier.
   */
  boolean arriving() {
    return arriving != null;
  }

  private void pull(Transaction transaction) {
    if (arriving == null) {
      return;
    }
    for (int chunk = arriving.next(); chunk >= 0; chunk = arriving.next()) {
      outbox.send(new Address(self.row(), arrivingFrom), new Pull(transaction, chunk));
    }
  }

  private void acknowledge(Transaction transaction) {
    outbox.send(Address.coordinator(), new Acknowledged(transaction, self.row(), Work.NONE));
  }
}
