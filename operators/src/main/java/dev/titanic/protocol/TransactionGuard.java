package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * The transaction in which a subtask is. A message of an older one, or of another one while
 * something is in flight, is an error: it would mean that an acknowledgement was not waited for.
 */
final class TransactionGuard {
  private final Address self;
  private @Nullable Transaction current;

  TransactionGuard(Address self) {
    this.self = self;
  }

  Address self() {
    return self;
  }

  /**
   * Enters the message's transaction, or stays in it.
   *
   * @param idle whether nothing of the current transaction is unfinished here
   */
  Transaction enter(Message message, boolean idle) {
    Transaction transaction = message.transaction();
    if (transaction == null) {
      throw new ProtocolException(self + " got " + kind(message) + " outside of a transaction");
    }
    if (transaction.equals(current)) {
      return transaction;
    }
    if (current != null && transaction.id() <= current.id()) {
      throw new ProtocolException(
          "%s got %s of transaction %s in transaction %s"
              .formatted(self, kind(message), transaction, current));
    }
    if (!idle) {
      throw new ProtocolException(
          "%s got %s of transaction %s before the end of %s"
              .formatted(self, kind(message), transaction, current));
    }
    current = transaction;
    return transaction;
  }

  /** Requires that the message belongs to the transaction that is open here. */
  Transaction require(Message message) {
    Transaction transaction = message.transaction();
    if (transaction == null || !transaction.equals(current)) {
      throw new ProtocolException(
          "%s got %s of transaction %s in transaction %s"
              .formatted(self, kind(message), transaction, current));
    }
    return transaction;
  }

  static String kind(Message message) {
    return message.getClass().getSimpleName();
  }
}
