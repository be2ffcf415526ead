package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.Transaction;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Format of a transaction: id, model version, columns of the route. */
final class Transactions {
  private Transactions() {}

  static void write(Transaction transaction, DataOutput target) throws IOException {
    target.writeLong(transaction.id());
    target.writeLong(transaction.version());
    Lists.write(transaction.route().columns(), target, (column, out) -> out.writeInt(column));
  }

  static Transaction read(DataInput source) throws IOException {
    return new Transaction(
        source.readLong(), source.readLong(), new Route(Lists.read(source, DataInput::readInt)));
  }
}
