package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.Transaction;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Format of a transaction: id, model version, columns of the route. */
final class Transactions {
  private Transactions() {}

  static void write(Transaction transaction, DataOutputView target) throws IOException {
    target.writeLong(transaction.id());
    target.writeLong(transaction.version());
    Lists.write(transaction.route().columns(), target, (column, out) -> out.writeInt(column));
  }

  static Transaction read(DataInputView source) throws IOException {
    return new Transaction(
        source.readLong(),
        source.readLong(),
        new Route(Lists.read(source, DataInputView::readInt)));
  }
}
