package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Acknowledged;
import dev.titanic.schemas.edge.Message.Load;
import dev.titanic.schemas.edge.Message.Move;
import dev.titanic.schemas.edge.Message.Release;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.RunState;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Brings every partition to where the route wants it, in three phases, each of which ends with the
 * acknowledgements of all: the new hosts get the states, the old hosts drop their copies, the new
 * hosts load. So an old host keeps its copy until the new one has it, and in a swap nobody has two
 * partitions loaded.
 */
final class ArrangementTransaction extends OpenTransaction {
  private enum Phase {
    MOVING,
    RELEASING,
    LOADING
  }

  private final Map<Integer, Integer> sources;
  private final List<Integer> toLoad;
  private final Hosting hosting;
  private final Set<Address> missing = new HashSet<>();
  private Phase phase = Phase.MOVING;

  /**
   * @param sources column that holds a partition, for those that are to move
   * @param toLoad partitions to load when they are where they should be
   * @param hosting client of every partition afterwards, and why
   */
  ArrangementTransaction(
      Transaction transaction,
      Outbox outbox,
      Map<Integer, Integer> sources,
      List<Integer> toLoad,
      Hosting hosting) {
    super(transaction, outbox);
    this.sources = Map.copyOf(sources);
    this.toLoad = List.copyOf(toLoad);
    this.hosting = hosting;
  }

  @Override
  void begin() {
    enter(sources.isEmpty() ? Phase.LOADING : Phase.MOVING);
  }

  private void enter(Phase next) {
    phase = next;
    switch (next) {
      case MOVING ->
          sources.forEach(
              (partition, source) ->
                  ask(target(partition), new Move(transaction, partition, source)));
      case RELEASING ->
          sources.forEach(
              (partition, source) ->
                  ask(new Address(partition, source), new Release(transaction, partition)));
      case LOADING -> toLoad.forEach(partition -> ask(target(partition), new Load(transaction)));
    }
  }

  private void ask(Address to, Message message) {
    missing.add(to);
    outbox.send(to, message);
  }

  private Address target(int partition) {
    return transaction.route().at(partition);
  }

  @Override
  boolean closes(Address from, Message message) {
    if (!(message instanceof Acknowledged acknowledged)
        || acknowledged.partition() != from.row()
        || !missing.remove(from)) {
      throw unexpected(from, message);
    }
    if (!missing.isEmpty()) {
      return false;
    }
    switch (phase) {
      case MOVING -> enter(Phase.RELEASING);
      case RELEASING -> enter(Phase.LOADING);
      case LOADING -> {
        return true;
      }
    }
    return false;
  }

  @Override
  RunState close(RunState before, RunJournal journal) {
    RunState after = before.arranged(hosting.hosts());
    journal.placed(
        after.step(), after.epoch(), hosting.hosts(), hosting.reason(), hosting.solved());
    return after;
  }

  @Override
  String waitsFor() {
    return "%s of %s".formatted(phase.name().toLowerCase(Locale.ROOT), missing);
  }
}
