package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Evaluate;
import dev.titanic.schemas.edge.Message.Evaluated;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.RunState;
import org.jspecify.annotations.Nullable;

/** Forward passes over a piece of the evaluation text; adds to the evaluation that it is of. */
final class EvaluationTransaction extends OpenTransaction {
  private final Evaluation evaluation;
  private final int sequences;
  private @Nullable Evaluated result;

  EvaluationTransaction(
      Transaction transaction, Outbox outbox, Evaluation evaluation, int sequences) {
    super(transaction, outbox);
    this.evaluation = evaluation;
    this.sequences = sequences;
  }

  @Override
  void begin() {
    outbox.send(
        transaction.route().at(Address.OWNER),
        new Evaluate(transaction, evaluation.nextSequence(), sequences));
  }

  @Override
  boolean closes(Address from, Message message) {
    if (message instanceof Evaluated evaluated) {
      result = evaluated;
      return true;
    }
    throw unexpected(from, message);
  }

  @Override
  RunState close(RunState before, RunJournal journal) {
    if (result == null) {
      throw new IllegalStateException("closed before the result");
    }
    return evaluation.add(result, sequences) ? evaluation.end(before, journal) : before;
  }

  @Override
  String waitsFor() {
    return "the evaluation at " + transaction.route().at(Address.OWNER);
  }
}
