package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Acknowledged;
import dev.titanic.schemas.edge.Message.Load;
import dev.titanic.schemas.edge.Message.Move;
import dev.titanic.schemas.edge.Message.Release;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Brings every copy of a partition to its home, in three phases, each of which ends with the
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

  private final Map<Copy, Integer> homes;
  private final Map<Copy, Integer> sources;
  private final List<Copy> toLoad;
  private final Hosting hosting;

  /** Whose acknowledgements are still to come; twice from a column that releases two copies. */
  private final List<Address> missing = new ArrayList<>();

  private Phase phase = Phase.MOVING;

  /**
   * @param homes column where each copy is to be
   * @param sources column that holds a copy, for those that are to move
   * @param toLoad copies to load when they are where they should be
   * @param hosting client of every partition afterwards, and why
   */
  ArrangementTransaction(
      Transaction transaction,
      Outbox outbox,
      Map<Copy, Integer> homes,
      Map<Copy, Integer> sources,
      List<Copy> toLoad,
      Hosting hosting) {
    super(transaction, outbox);
    this.homes = homes;
    this.sources = sources;
    this.toLoad = toLoad;
    this.hosting = hosting;
  }

  @Override
  void begin() {
    enter(sources.isEmpty() ? Phase.LOADING : Phase.MOVING);
  }

  private void enter(Phase next) {
    phase = next;
    switch (next) {
      case MOVING -> sources.forEach(this::move);
      case RELEASING -> sources.forEach(this::release);
      case LOADING -> toLoad.forEach(copy -> ask(home(copy), new Load(transaction, copy.of())));
    }
  }

  private void ask(Address to, Message message) {
    missing.add(to);
    outbox.send(to, message);
  }

  private void move(Copy copy, int source) {
    ask(home(copy), new Move(transaction, copy.partition(), copy.of(), source));
  }

  private void release(Copy copy, int source) {
    ask(
        new Address(copy.partition(), source),
        new Release(transaction, copy.partition(), copy.of()));
  }

  private Address home(Copy copy) {
    return new Address(copy.partition(), Objects.requireNonNull(homes.get(copy)));
  }

  Map<Copy, Integer> homes() {
    return homes;
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
