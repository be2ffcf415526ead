package dev.titanic.schemas.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.schemas.state.RunState;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RecordTypeTest {

  static Stream<RecordType<?>> types() {
    return Stream.of(RecordType.PACKET, RecordType.PARTITION_STATE, RecordType.RUN_STATE);
  }

  @ParameterizedTest
  @MethodSource("types")
  void aSnapshotRestoresTheSerializer(RecordType<?> type) throws IOException {
    assertRestores(type.createSerializer(new SerializerConfigImpl()));
  }

  private static <T> void assertRestores(TypeSerializer<T> serializer) throws IOException {
    DataOutputSerializer target = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(target, serializer.snapshotConfiguration());

    TypeSerializerSnapshot<T> restored = restore(target.getCopyOfBuffer());

    assertThat(restored.restoreSerializer()).isEqualTo(serializer);
    assertThat(serializer.snapshotConfiguration().resolveSchemaCompatibility(restored))
        .matches(compatibility -> compatibility.isCompatibleAsIs());
  }

  private static <T> TypeSerializerSnapshot<T> restore(byte[] snapshot) throws IOException {
    return TypeSerializerSnapshot.readVersionedSnapshot(
        new DataInputDeserializer(snapshot), RecordTypeTest.class.getClassLoader());
  }

  @Test
  void stateOfANewerBuildIsRefused() throws IOException {
    int known = RunStateSerializer.INSTANCE.version();
    DataOutputSerializer target = new DataOutputSerializer(64);
    target.writeUTF(RunStateSerializer.Snapshot.class.getName());
    target.writeInt(known + 1);

    assertThatThrownBy(() -> restore(target.getCopyOfBuffer()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "RunStateSerializer: the state has format version %d, this build reads 1 to %d",
            known + 1, known);
  }

  @ParameterizedTest
  @MethodSource("types")
  void typesTravelWithTheJobGraph(RecordType<?> type) throws Exception {
    RecordType<?> received = InstantiationUtil.clone(type);

    assertThat(received).isEqualTo(type).hasSameHashCodeAs(type);
    assertThat(received.createSerializer(new SerializerConfigImpl()))
        .isEqualTo(type.createSerializer(new SerializerConfigImpl()));
  }

  @Test
  void typesOfDifferentRecordsDiffer() {
    assertThat(types()).doesNotHaveDuplicates();
    assertThat(PacketSerializer.INSTANCE).isNotEqualTo(PartitionStateSerializer.INSTANCE);
  }

  @Test
  void runsAreReadAsTheyWereWritten() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      RunState run = new RandomRecords(seed).runState();

      assertThat(RoundTrip.of(RunStateSerializer.INSTANCE, run)).isEqualTo(run);
    }
  }
}
