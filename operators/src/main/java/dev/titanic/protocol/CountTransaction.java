package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Count;
import dev.titanic.schemas.edge.Message.Counted;
import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.RunState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Owners bound and count their data before they give any of it, so that turns can be a part of it,
 * or owners be drawn in proportion.
 */
final class CountTransaction extends OpenTransaction {
  private final List<String> owners;
  private final List<StreamPosition> positions;
  private final Map<String, Long> counted = new HashMap<>();
  private final Map<String, StreamPosition> bounded = new HashMap<>();

  /**
   * @param positions where each owner is to begin, in the order of the transaction's route
   */
  CountTransaction(Transaction transaction, Outbox outbox, Map<String, StreamPosition> positions) {
    super(transaction, outbox);
    this.owners = List.copyOf(positions.keySet());
    this.positions = List.copyOf(positions.values());
  }

  @Override
  void begin() {
    List<Integer> columns = transaction.route().owners();
    for (int j = 0; j < owners.size(); j++) {
      Count count = new Count(transaction, positions.get(j));
      outbox.send(transaction.route().owner(columns.get(j)), count);
    }
  }

  @Override
  boolean closes(Address from, Message message) {
    int index = transaction.route().owners().indexOf(from.column());
    if (!(message instanceof Counted count)
        || index < 0
        || counted.putIfAbsent(owners.get(index), count.sequences()) != null) {
      throw unexpected(from, message);
    }
    bounded.put(owners.get(index), count.bounded());
    return counted.size() == owners.size();
  }

  @Override
  RunState close(RunState before, RunJournal journal) {
    return before.counted(counted, bounded);
  }

  @Override
  String waitsFor() {
    return "counts of all owners but " + counted.keySet();
  }
}
