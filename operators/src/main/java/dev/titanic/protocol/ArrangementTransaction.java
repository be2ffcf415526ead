package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Acknowledged;
import dev.titanic.schemas.edge.Message.Load;
import dev.titanic.schemas.edge.Message.Move;
import dev.titanic.schemas.edge.Message.Release;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.RunState;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Brings every partition to where the route wants it: moved there when another column holds it,
 * then loaded. The old host keeps its copy until the new one has acknowledged.
 */
final class ArrangementTransaction extends OpenTransaction {
  private enum Phase {
    MOVING,
    RELEASING,
    LOADING
  }

  private final Map<Integer, Integer> sources;
  private final List<Integer> toLoad;
  private final List<String> hosts;
  private final String reason;
  private final Map<Integer, Phase> open = new HashMap<>();

  /**
   * @param sources column that holds a partition, for those that are to move
   * @param toLoad partitions that are where they should be, and are not loaded
   * @param hosts client of every partition afterwards
   * @param reason for this placement, for people
   */
  ArrangementTransaction(
      Transaction transaction,
      Outbox outbox,
      Map<Integer, Integer> sources,
      List<Integer> toLoad,
      List<String> hosts,
      String reason) {
    super(transaction, outbox);
    this.sources = Map.copyOf(sources);
    this.toLoad = List.copyOf(toLoad);
    this.hosts = List.copyOf(hosts);
    this.reason = reason;
  }

  @Override
  void begin() {
    sources.forEach(
        (partition, source) -> {
          open.put(partition, Phase.MOVING);
          outbox.send(target(partition), new Move(transaction, partition, source));
        });
    for (int partition : toLoad) {
      load(partition);
    }
  }

  @Override
  boolean closes(Address from, Message message) {
    Phase phase = open.get(from.row());
    if (!(message instanceof Acknowledged acknowledged)
        || phase == null
        || acknowledged.partition() != from.row()
        || !from.equals(expected(from.row(), phase))) {
      throw unexpected(from, message);
    }
    int partition = from.row();
    switch (phase) {
      case MOVING -> {
        open.put(partition, Phase.RELEASING);
        outbox.send(source(partition), new Release(transaction, partition));
      }
      case RELEASING -> load(partition);
      case LOADING -> open.remove(partition);
    }
    return open.isEmpty();
  }

  private void load(int partition) {
    open.put(partition, Phase.LOADING);
    outbox.send(target(partition), new Load(transaction));
  }

  private Address expected(int partition, Phase phase) {
    return phase == Phase.RELEASING ? source(partition) : target(partition);
  }

  private Address target(int partition) {
    return transaction.route().at(partition);
  }

  private Address source(int partition) {
    return new Address(partition, Objects.requireNonNull(sources.get(partition)));
  }

  @Override
  RunState close(RunState before, RunJournal journal) {
    RunState after = before.arranged(hosts);
    journal.placed(after.step(), after.epoch(), hosts, reason);
    return after;
  }

  @Override
  String waitsFor() {
    Route route = transaction.route();
    StringBuilder text = new StringBuilder();
    open.forEach(
        (partition, phase) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(route.at(partition))
                .append(' ')
                .append(phase.name().toLowerCase(Locale.ROOT)));
    return text.toString();
  }
}
