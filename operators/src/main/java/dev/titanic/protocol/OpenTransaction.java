package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.RunState;

/** A transaction that the coordinator has begun and that is not over. */
abstract sealed class OpenTransaction
    permits StepTransaction,
        AggregationTransaction,
        CountTransaction,
        EvaluationTransaction,
        ArrangementTransaction,
        ExportTransaction {
  final Transaction transaction;
  final Outbox outbox;

  OpenTransaction(Transaction transaction, Outbox outbox) {
    this.transaction = transaction;
    this.outbox = outbox;
  }

  abstract void begin();

  /** Takes a message of this transaction and returns whether it was the last one. */
  abstract boolean closes(Address from, Message message);

  /** What the run's state is after this transaction; also tells the journal. */
  abstract RunState close(RunState before, RunJournal journal);

  /** For the watchdog: whom this transaction waits for. */
  abstract String waitsFor();

  ProtocolException unexpected(Address from, Message message) {
    return new ProtocolException(
        "the coordinator got %s from %s in transaction %s, which waits for %s"
            .formatted(TransactionGuard.kind(message), from, transaction, waitsFor()));
  }
}
