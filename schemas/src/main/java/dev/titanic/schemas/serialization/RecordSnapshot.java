package dev.titanic.schemas.serialization;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What state remembers of a {@link RecordSerializer}: its class and the version it wrote. Both are
 * part of Flink's frame around a snapshot, so nothing else is stored.
 *
 * <p>Older state is readable as it is, because every record names its own version; state of a newer
 * build is refused when it is opened, not at its first record.
 */
abstract class RecordSnapshot<T> implements TypeSerializerSnapshot<T> {
  private final RecordSerializer<T> serializer;

  RecordSnapshot(RecordSerializer<T> serializer) {
    this.serializer = serializer;
  }

  @Override
  public final int getCurrentVersion() {
    return serializer.version();
  }

  @Override
  public final void writeSnapshot(DataOutputView target) {
    // the version is the whole snapshot
  }

  @Override
  public final void readSnapshot(int version, DataInputView source, ClassLoader classes)
      throws IOException {
    if (version > serializer.version()) {
      throw new IOException(
          "%s: the state has format version %d, this build reads 1 to %d"
              .formatted(serializer.getClass().getSimpleName(), version, serializer.version()));
    }
  }

  @Override
  public final TypeSerializer<T> restoreSerializer() {
    return serializer;
  }

  @Override
  public final TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> previous) {
    return previous.getClass() == getClass()
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
