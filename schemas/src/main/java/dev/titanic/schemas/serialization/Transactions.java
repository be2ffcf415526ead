package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.Transaction;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** Format of a transaction: id, model version, columns of the route: owners, stages. */
final class Transactions {
  private Transactions() {}

  static void write(Transaction transaction, DataOutput target) throws IOException {
    target.writeLong(transaction.id());
    target.writeLong(transaction.version());
    writeColumns(transaction.route().owners(), target);
    writeColumns(transaction.route().stageColumns(), target);
  }

  static Transaction read(DataInput source) throws IOException {
    return new Transaction(
        source.readLong(), source.readLong(), new Route(readColumns(source), readColumns(source)));
  }

  private static void writeColumns(List<Integer> columns, DataOutput target) throws IOException {
    Lists.write(columns, target, (column, out) -> out.writeInt(column));
  }

  private static List<Integer> readColumns(DataInput source) throws IOException {
    return Lists.read(source, DataInput::readInt);
  }
}
