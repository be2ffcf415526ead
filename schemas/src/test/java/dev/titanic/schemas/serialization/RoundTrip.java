package dev.titanic.schemas.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes and reads with one serializer, and reads to the last byte. */
final class RoundTrip {
  private RoundTrip() {}

  static <T> byte[] bytes(TypeSerializer<T> serializer, T record) throws IOException {
    DataOutputSerializer target = new DataOutputSerializer(64);
    serializer.serialize(record, target);
    return target.getCopyOfBuffer();
  }

  static <T> T read(TypeSerializer<T> serializer, byte[] bytes) throws IOException {
    DataInputDeserializer source = new DataInputDeserializer(bytes);
    T record = serializer.deserialize(source);
    assertThat(source.available()).isZero();
    return record;
  }

  static <T> T of(TypeSerializer<T> serializer, T record) throws IOException {
    return read(serializer, bytes(serializer, record));
  }
}
