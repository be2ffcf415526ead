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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A subtask's hold on its row's partition, the same for the owner and the stages: parked states
 * (restored or moved here, not yet loaded), and at most one loaded partition.
 *
 * <p>Several states are parked only where a restore has dealt other owners' copies of the first
 * partition here; before the first step they are on their way home.
 *
 * @param <P> kind of partition
 */
final class PartitionHost<P extends Partition> {
  private final Address self;
  private final TransactionGuard guard;
  private final PartitionLoader loader;
  private final Function<@Nullable PartitionState, P> loading;
  private final Outbox outbox;

  /** By the owner whose copy it is. */
  private final SortedMap<String, PartitionState> parked = new TreeMap<>();

  private @Nullable P loaded;
  private String loadedCopy = PartitionState.ONLY_COPY;
  private long version;
  private final Map<String, StateTransfer.Source> leaving = new HashMap<>();
  private StateTransfer.@Nullable Target arriving;
  private int arrivingFrom;
  private String arrivingCopy = PartitionState.ONLY_COPY;

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
    if (holds(state.copyOf())) {
      throw new ProtocolException(self + " restored two states");
    }
    parked.put(state.copyOf(), state);
  }

  private boolean holds(String copyOf) {
    return parked.containsKey(copyOf) || isLoaded(copyOf);
  }

  private boolean isLoaded(String copyOf) {
    return loaded != null && loadedCopy.equals(copyOf);
  }

  List<Holding> held() {
    List<Holding> held = new ArrayList<>();
    if (loaded != null) {
      held.add(new Holding(self.row(), loadedCopy, version));
    }
    parked.forEach((copyOf, state) -> held.add(new Holding(self.row(), copyOf, state.version())));
    return held;
  }

  /** Copies of all that is held, for a snapshot. */
  List<PartitionState> states() {
    List<PartitionState> states = new ArrayList<>(parked.values());
    if (loaded != null) {
      states.add(loadedState(loaded));
    }
    return states;
  }

  private PartitionState loadedState(P partition) {
    return partition.state(version).ofCopy(loadedCopy);
  }

  /** The loaded partition, which must be at the version on which the transaction works. */
  P at(Transaction transaction) {
    if (loaded == null) {
      throw new ProtocolException(self + " has no partition loaded for transaction " + transaction);
    }
    if (version != transaction.version() || !transaction.route().includes(self)) {
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
      throw new ProtocolException(self + " has a partition loaded already");
    }
    PartitionState state = parked.get(load.copyOf());
    long found = state == null ? 0 : state.version();
    if (found != load.transaction().version()) {
      throw new ProtocolException(
          "%s holds version %d, to load is version %d"
              .formatted(self, found, load.transaction().version()));
    }
    loaded = loading.apply(state);
    loadedCopy = load.copyOf();
    version = found;
    parked.remove(loadedCopy);
    acknowledge(load.transaction());
  }

  private void move(Move move) {
    if (holds(move.copyOf()) || arriving != null) {
      throw new ProtocolException(self + " is to get a partition and holds one");
    }
    arriving = new StateTransfer.Target();
    arrivingFrom = move.source();
    arrivingCopy = move.copyOf();
    pull(move.transaction());
    loader.expect(self.row());
  }

  private Chunk state(Pull pull) {
    return leaving
        .computeIfAbsent(
            pull.copyOf(), copy -> new StateTransfer.Source(toSend(pull), PulledChunks.BYTES))
        .chunk(pull.transaction(), pull.chunk());
  }

  private PartitionState toSend(Pull pull) {
    // A view is enough: nothing changes before the release, which follows the last chunk.
    PartitionState state =
        loaded != null && isLoaded(pull.copyOf())
            ? loaded.view(version).ofCopy(loadedCopy)
            : parked.get(pull.copyOf());
    if (state == null || state.version() != pull.transaction().version()) {
      throw new ProtocolException(self + " has nothing to send for " + pull.transaction());
    }
    return state;
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
    PartitionState state = arriving.state();
    arriving = null;
    if (state.version() != chunk.transaction().version() || !state.copyOf().equals(arrivingCopy)) {
      throw new ProtocolException(
          "%s got %s in transaction %s".formatted(self, state, chunk.transaction()));
    }
    restore(state);
    acknowledge(chunk.transaction());
  }

  private void release(Release release) {
    if (!holds(release.copyOf())) {
      throw new ProtocolException(self + " has nothing to release");
    }
    if (isLoaded(release.copyOf())) {
      unload();
    } else {
      parked.remove(release.copyOf());
    }
    leaving.remove(release.copyOf());
    acknowledge(release.transaction());
  }

  void commit(Commit commit) {
    P partition = at(commit.transaction());
    if (commit.factor() == 0) {
      partition.discard();
    } else {
      partition.commit(commit.factor(), commit.learningRate());
    }
    version++;
    acknowledge(commit.transaction());
  }

  void abort(Abort abort) {
    at(abort.transaction()).discard();
    acknowledge(abort.transaction());
  }

  private void unload() {
    if (loaded != null) {
      loaded.close();
    }
    loaded = null;
  }

  /** Drops what is held and frees native memory. */
  void close() {
    unload();
    parked.clear();
    leaving.clear();
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
      outbox.send(
          new Address(self.row(), arrivingFrom), new Pull(transaction, arrivingCopy, chunk));
    }
  }

  private void acknowledge(Transaction transaction) {
    outbox.send(Address.coordinator(), new Acknowledged(transaction, self.row(), Work.NONE));
  }
}
