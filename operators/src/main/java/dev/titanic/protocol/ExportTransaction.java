package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Chunk;
import dev.titanic.schemas.edge.Message.Pull;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.PartitionState;
import dev.titanic.schemas.state.RunState;

/**
 * Pulls the trained weights of every partition, one partition after the other, so that what is on
 * its way is bounded whatever the size of the model.
 */
final class ExportTransaction extends OpenTransaction {
  private final ModelSink sink;
  private final boolean last;
  private int row;
  private WeightTransfer.Target arriving;

  private ExportTransaction(Transaction transaction, Outbox outbox, ModelSink sink, boolean last) {
    super(transaction, outbox);
    this.sink = sink;
    this.last = last;
    this.arriving = newTarget();
  }

  /** The trained model: the run is over with it. */
  static ExportTransaction atTheEnd(Transaction transaction, Outbox outbox, ModelSink sink) {
    return new ExportTransaction(transaction, outbox, sink, true);
  }

  /** Somebody wants to have the model as it is now. */
  static ExportTransaction inBetween(Transaction transaction, Outbox outbox, ModelSink sink) {
    return new ExportTransaction(transaction, outbox, sink, false);
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
      outbox.send(source(), new Pull(transaction, PartitionState.ONLY_COPY, chunk));
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
    journal.exported(before.step());
    RunState after = before.ordered(before.orders().withExport(false));
    return last ? after.modelExported() : after;
  }

  @Override
  String waitsFor() {
    return "the weights of " + source();
  }
}
