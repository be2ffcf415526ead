package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.StreamPosition.Cursor;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** Format: cursors (offset, token offset), next Kafka partition. */
final class StreamPositions {
  private StreamPositions() {}

  static void write(StreamPosition position, DataOutput target) throws IOException {
    Lists.write(position.cursors(), target, StreamPositions::writeCursor);
    target.writeInt(position.nextKafkaPartition());
  }

  static StreamPosition read(DataInput source) throws IOException {
    List<Cursor> cursors = Lists.read(source, StreamPositions::readCursor);
    return new StreamPosition(cursors, source.readInt());
  }

  private static void writeCursor(Cursor cursor, DataOutput target) throws IOException {
    target.writeLong(cursor.offset());
    target.writeInt(cursor.tokenOffset());
  }

  private static Cursor readCursor(DataInput source) throws IOException {
    return new Cursor(source.readLong(), source.readInt());
  }
}
