package dev.titanic.schemas.serialization;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Serializer of an immutable record. A record begins with one byte, the version of its format, so
 * that a later build reads what an earlier one has written; a version that this build does not know
 * is an error.
 *
 * <p>Subclasses have no fields: two serializers of one class are equal.
 */
abstract class RecordSerializer<T> extends TypeSerializer<T> {

  /** Version that {@link #write} writes; every version from 1 up to it can be read. */
  abstract int version();

  abstract void write(T record, DataOutputView target) throws IOException;

  /**
   * @param version of the bytes that follow, from 1 to {@link #version()}
   */
  abstract T read(int version, DataInputView source) throws IOException;

  @Override
  public final void serialize(T record, DataOutputView target) throws IOException {
    target.writeByte(version());
    write(record, target);
  }

  @Override
  public final T deserialize(DataInputView source) throws IOException {
    int version = source.readUnsignedByte();
    if (version < 1 || version > version()) {
      throw new IOException(
          "%s: format version %d is unknown, this build reads 1 to %d"
              .formatted(getClass().getSimpleName(), version, version()));
    }
    try {
      return read(version, source);
    } catch (IllegalArgumentException | ArithmeticException invalid) {
      throw new IOException(
          "%s: not a valid record: %s".formatted(getClass().getSimpleName(), invalid.getMessage()),
          invalid);
    }
  }

  @Override
  public final T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public final void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public final T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, T reuse) {
    return from;
  }

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  @Override
  public final TypeSerializer<T> duplicate() {
    return this;
  }

  /** An immutable record has no blank instance to fill. */
  @Override
  public final @Nullable T createInstance() {
    return null;
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  @SuppressWarnings("EqualsGetClass") // the class is all that a serializer is
  public final boolean equals(@Nullable Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public final int hashCode() {
    return getClass().hashCode();
  }
}
