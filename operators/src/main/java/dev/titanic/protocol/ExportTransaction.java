package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Chunk;
import dev.titanic.schemas.edge.Message.Pull;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.RunState;

/**
 * Pulls the trained weights of every partition, one partition after the other, so that what is on
 * its way is bounded whatever the size of the model.
 */
final class ExportTransaction extends OpenTransaction {
  private final ModelSink sink;
  private int row;
  private WeightTransfer.Target arriving;

  ExportTransaction(Transaction transaction, Outbox outbox, ModelSink sink) {
    super(transaction, outbox);
    this.sink = sink;
    this.arriving = newTarget();
  }

  private WeightTransfer.Target newTarget() {
    return new WeightTransfer.Target(sink, PulledChunks.BYTES);
  }

  @Override
  void begin() {
    pull();
  }

  private Address source() {
    return transaction.route().at(row);
  }

  private void pull() {
    for (int chunk = arriving.next(); chunk >= 0; chunk = arriving.next()) {
      outbox.send(source(), new Pull(transaction, chunk));
    }
  }

  @Override
  boolean closes(Address from, Message message) {
    if (!(message instanceof Chunk chunk) || !from.equals(source())) {
      throw unexpected(from, message);
    }
    arriving.receive(chunk);
    if (arriving.complete()) {
      if (row == transaction.route().stages()) {
        return true;
      }
      row++;
      arriving = newTarget();
    }
    pull();
    return false;
  }

  @Override
  RunState close(RunState before, RunJournal journal) {
    sink.finish();
    return before.modelExported();
  }

  @Override
  String waitsFor() {
    return "the weights of " + source();
  }
}
