package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.StreamPosition.Cursor;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Format: cursors (offset, token offset), next Kafka partition. */
public final class StreamPositionSerializer extends RecordSerializer<StreamPosition> {
  public static final StreamPositionSerializer INSTANCE = new StreamPositionSerializer();

  @Override
  int version() {
    return 1;
  }

  @Override
  void write(StreamPosition position, DataOutputView target) throws IOException {
    Lists.write(position.cursors(), target, StreamPositionSerializer::writeCursor);
    target.writeInt(position.nextKafkaPartition());
  }

  @Override
  StreamPosition read(int version, DataInputView source) throws IOException {
    List<Cursor> cursors = Lists.read(source, StreamPositionSerializer::readCursor);
    return new StreamPosition(cursors, source.readInt());
  }

  private static void writeCursor(Cursor cursor, DataOutputView target) throws IOException {
    target.writeLong(cursor.offset());
    target.writeInt(cursor.tokenOffset());
  }

  private static Cursor readCursor(DataInputView source) throws IOException {
    return new Cursor(source.readLong(), source.readInt());
  }

  @Override
  public TypeSerializerSnapshot<StreamPosition> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Made by Flink when it restores. */
  public static final class Snapshot extends RecordSnapshot<StreamPosition> {
    public Snapshot() {
      super(INSTANCE);
    }
  }
}
