package dev.titanic.schemas.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.state.PartitionState;
import dev.titanic.schemas.state.PartitionState.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PartitionStateSerializerTest {
  private static final PartitionStateSerializer SERIALIZER = PartitionStateSerializer.INSTANCE;

  @Test
  void aPartitionIsReadAsItWasWritten() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      PartitionState state = new RandomRecords(seed).partitionState(seed % 4);

      assertSame(RoundTrip.of(SERIALIZER, state), state);
    }
  }

  @Test
  void aLargeTensorIsReadInBoundedChunks() throws IOException {
    byte[] bytes = new byte[10 << 20];
    new Random(7).nextBytes(bytes);
    TensorData large = TensorData.of(TensorSpec.of(ElementType.BFLOAT16, 5 << 20), bytes);
    PartitionState state =
        new PartitionState(1, "", 3, 3, "hash", List.of(new Parameter("w", large, large, large)));

    PartitionState read = RoundTrip.of(SERIALIZER, state);

    assertSame(read, state);
    assertThat(read.tensors().get(0).value().isWhole()).isTrue();
    assertThat(read.tensors().get(0).value().chunks())
        .extracting(ByteBuffer::remaining)
        .containsExactly(4 << 20, 4 << 20, 2 << 20);
  }

  @Test
  void anUnknownVersionIsNamed() throws IOException {
    byte[] bytes = RoundTrip.bytes(SERIALIZER, new RandomRecords(1).partitionState(1));
    bytes[0] = 0;

    assertThatThrownBy(() -> RoundTrip.read(SERIALIZER, bytes))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "PartitionStateSerializer: format version 0 is unknown, this build reads 1 to 2");
  }

  @Test
  void aStateOfTheFirstVersionIsTheOnlyCopy() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(1); // format
      out.writeInt(2); // partition
      out.writeLong(7); // version
      out.writeLong(6); // optimizer steps
      Strings.write("hash", out);
      out.writeInt(0); // parameters
    }

    PartitionState read = RoundTrip.read(SERIALIZER, bytes.toByteArray());

    assertThat(read)
        .isEqualTo(new PartitionState(2, PartitionState.ONLY_COPY, 7, 6, "hash", List.of()));
  }

  @Test
  void anImmutableStateIsItsOwnCopy() {
    PartitionState state = new RandomRecords(1).partitionState(1);

    assertThat(SERIALIZER.isImmutableType()).isTrue();
    assertThat(SERIALIZER.copy(state)).isSameAs(state);
  }

  private static void assertSame(PartitionState actual, PartitionState expected) {
    assertThat(actual.partition()).isEqualTo(expected.partition());
    assertThat(actual.copyOf()).isEqualTo(expected.copyOf());
    assertThat(actual.version()).isEqualTo(expected.version());
    assertThat(actual.optimizerSteps()).isEqualTo(expected.optimizerSteps());
    assertThat(actual.base()).isEqualTo(expected.base());
    assertThat(actual.tensors()).hasSameSizeAs(expected.tensors());
    for (int i = 0; i < expected.tensors().size(); i++) {
      assertSame(actual.tensors().get(i), expected.tensors().get(i));
    }
  }

  private static void assertSame(Parameter actual, Parameter expected) {
    assertThat(actual.name()).isEqualTo(expected.name());
    PacketSerializerTest.assertSame(actual.value(), expected.value());
    PacketSerializerTest.assertSame(actual.firstMoment(), expected.firstMoment());
    PacketSerializerTest.assertSame(actual.secondMoment(), expected.secondMoment());
  }
}
