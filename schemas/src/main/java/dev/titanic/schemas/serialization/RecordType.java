package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.state.PartitionState;
import dev.titanic.schemas.state.RunState;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** Flink's description of a record that has a serializer of its own. Never a key. */
public final class RecordType<T> extends TypeInformation<T> {
  public static final RecordType<Packet> PACKET =
      new RecordType<>(Packet.class, PacketSerializer.INSTANCE);
  public static final RecordType<PartitionState> PARTITION_STATE =
      new RecordType<>(PartitionState.class, PartitionStateSerializer.INSTANCE);
  public static final RecordType<RunState> RUN_STATE =
      new RecordType<>(RunState.class, RunStateSerializer.INSTANCE);

  private final Class<T> type;
  private final TypeSerializer<T> serializer;

  private RecordType(Class<T> type, TypeSerializer<T> serializer) {
    this.type = type;
    this.serializer = serializer;
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof RecordType;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordType<?> record && record.type.equals(type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public String toString() {
    return type.getSimpleName();
  }
}
