package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.StreamPosition.Cursor;
import dev.titanic.schemas.edge.StreamPosition.Passes;
import dev.titanic.schemas.edge.StreamPosition.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Format: cursors (offset, token offset), next Kafka partition, window (number, size, seed, taken),
 * whether there are passes, passes (left, ends, given).
 */
final class StreamPositions {
  private StreamPositions() {}

  static void write(StreamPosition position, DataOutput target) throws IOException {
    Lists.write(position.cursors(), target, StreamPositions::writeCursor);
    target.writeInt(position.nextKafkaPartition());
    Window window = position.window();
    target.writeLong(window.number());
    target.writeInt(window.size());
    target.writeLong(window.seed());
    target.writeInt(window.taken());
    Passes passes = position.passes();
    target.writeBoolean(passes != null);
    if (passes != null) {
      target.writeInt(passes.left());
      Lists.write(passes.ends(), target, (end, to) -> to.writeLong(end));
      target.writeLong(passes.given());
    }
  }

  static StreamPosition read(DataInput source) throws IOException {
    return read(source, true);
  }

  /** As run states were written up to version 6: without what is given of the passes. */
  static StreamPosition readUncounted(DataInput source) throws IOException {
    return read(source, false);
  }

  private static StreamPosition read(DataInput source, boolean counted) throws IOException {
    List<Cursor> cursors = Lists.read(source, StreamPositions::readCursor);
    int nextKafkaPartition = source.readInt();
    Window window =
        new Window(source.readLong(), source.readInt(), source.readLong(), source.readInt());
    return new StreamPosition(cursors, nextKafkaPartition, window, readPasses(source, counted));
  }

  /** As run states were written up to version 2: without window and passes. */
  static StreamPosition readCursors(DataInput source) throws IOException {
    List<Cursor> cursors = Lists.read(source, StreamPositions::readCursor);
    return new StreamPosition(cursors, source.readInt());
  }

  private static @Nullable Passes readPasses(DataInput source, boolean counted) throws IOException {
    return source.readBoolean()
        ? new Passes(
            source.readInt(),
            Lists.read(source, DataInput::readLong),
            counted ? source.readLong() : 0)
        : null;
  }

  private static void writeCursor(Cursor cursor, DataOutput target) throws IOException {
    target.writeLong(cursor.offset());
    target.writeInt(cursor.tokenOffset());
  }

  private static Cursor readCursor(DataInput source) throws IOException {
    return new Cursor(source.readLong(), source.readInt());
  }
}
