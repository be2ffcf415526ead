package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Count;
import dev.titanic.schemas.edge.Message.Counted;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.RunState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The beginning of a round: every owner counts its data, so that all can be drawn in proportion.
 */
final class CountTransaction extends OpenTransaction {
  private final List<String> owners;
  private final Map<String, Long> counted = new HashMap<>();

  /**
   * @param owners client ids in the order of the transaction's route
   */
  CountTransaction(Transaction transaction, Outbox outbox, List<String> owners) {
    super(transaction, outbox);
    this.owners = owners;
  }

  @Override
  void begin() {
    for (int column : transaction.route().owners()) {
      outbox.send(transaction.route().owner(column), new Count(transaction));
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
    return counted.size() == owners.size();
  }

  @Override
  RunState close(RunState before, RunJournal journal) {
    return before.counted(counted);
  }

  @Override
  String waitsFor() {
    return "counts of all owners but " + counted.keySet();
  }
}
