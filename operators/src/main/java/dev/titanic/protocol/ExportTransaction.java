package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Acknowledged;
import dev.titanic.schemas.edge.Message.Export;
import dev.titanic.schemas.edge.Message.Exported;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.RunState;

/** Collects the trained weights of every partition. */
final class ExportTransaction extends OpenTransaction {
  private final ModelSink sink;
  private final Acknowledgements acknowledgements;

  ExportTransaction(Transaction transaction, Outbox outbox, ModelSink sink) {
    super(transaction, outbox);
    this.sink = sink;
    this.acknowledgements = new Acknowledgements(transaction.route());
  }

  @Override
  void begin() {
    for (int row = 0; row <= transaction.route().stages(); row++) {
      outbox.send(transaction.route().at(row), new Export(transaction));
    }
  }

  @Override
  boolean closes(Address from, Message message) {
    if (message instanceof Exported exported) {
      sink.put(exported.name(), exported.tensor());
      return false;
    }
    if (message instanceof Acknowledged acknowledged) {
      return acknowledgements.add(from, acknowledged);
    }
    throw unexpected(from, message);
  }

  @Override
  RunState close(RunState before, RunJournal journal) {
    sink.finish();
    return before.modelExported();
  }

  @Override
  String waitsFor() {
    return acknowledgements.toString();
  }
}
