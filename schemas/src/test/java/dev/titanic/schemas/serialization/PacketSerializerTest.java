package dev.titanic.schemas.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Gradient;
import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.edge.Transaction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PacketSerializerTest {
  private static final PacketSerializer SERIALIZER = PacketSerializer.INSTANCE;
  private static final TensorData EMPTY =
      TensorData.of(TensorSpec.of(ElementType.FLOAT32, 0), new byte[0]);

  static Stream<Class<?>> messageKinds() {
    return RandomRecords.messageKinds().stream();
  }

  @Test
  void everyKindOfMessageHasOneFormatAndOneCode() {
    List<Class<?>> types = new ArrayList<>();
    MessageFormats.ALL.forEach(format -> types.add(format.type()));
    assertThat(types).containsExactlyInAnyOrderElementsOf(RandomRecords.messageKinds());
    Set<Integer> codes = new HashSet<>();
    assertThat(MessageFormats.ALL).allMatch(format -> codes.add(format.code()));
  }

  @ParameterizedTest
  @MethodSource("messageKinds")
  void aPacketIsReadAsItWasWritten(Class<?> kind) throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      Packet packet = new RandomRecords(seed).packet(kind);

      Packet read = RoundTrip.of(SERIALIZER, packet);

      assertThat(withoutTensor(read)).as("seed %d", seed).isEqualTo(withoutTensor(packet));
      if (packet.message() instanceof Message.WithTensor expected) {
        assertThat(read.message()).isInstanceOf(Message.WithTensor.class);
        assertSame(((Message.WithTensor) read.message()).tensor(), expected.tensor());
      }
    }
  }

  @Test
  void aFrameIsReadIntoOneArray() throws IOException {
    TensorSpec spec = TensorSpec.of(ElementType.FLOAT32, 1 << 20);
    TensorData frame =
        TensorData.frame(
            spec,
            512 << 10,
            List.of(ByteBuffer.allocate(300 << 10), ByteBuffer.allocate(212 << 10)));

    Packet read = RoundTrip.of(SERIALIZER, gradient(frame));

    assertThat(((Gradient) read.message()).tensor().chunks()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("messageKinds")
  void contentIsNeverPrinted(Class<?> kind) {
    for (int seed = 0; seed < 50; seed++) {
      String printed = new RandomRecords(seed).packet(kind).toString();

      assertThat(printed)
          .doesNotContain(String.valueOf((char) RandomRecords.CONTENT))
          .doesNotContain(", " + RandomRecords.CONTENT + ", " + RandomRecords.CONTENT);
    }
  }

  @Test
  void anUnknownVersionIsNamed() throws IOException {
    byte[] bytes = RoundTrip.bytes(SERIALIZER, gradient(EMPTY));
    bytes[0] = 9;

    assertThatThrownBy(() -> RoundTrip.read(SERIALIZER, bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("PacketSerializer: format version 9 is unknown, this build reads 1 to 1");
  }

  @Test
  void anUnknownMessageKindIsNamed() throws IOException {
    byte[] bytes = RoundTrip.bytes(SERIALIZER, gradient(EMPTY));
    bytes[1 + 4 * Integer.BYTES] = 120;

    assertThatThrownBy(() -> RoundTrip.read(SERIALIZER, bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("message kind 120 is unknown");
  }

  @Test
  void corruptBytesAreAnIoExceptionAndNeverALargeAllocation() throws IOException {
    byte[] bytes = RoundTrip.bytes(SERIALIZER, new RandomRecords(3).packet(Gradient.class));
    for (int at = 0; at < 120; at++) {
      byte[] corrupt = bytes.clone();
      corrupt[at] ^= (byte) 0x80;
      try {
        SERIALIZER.deserialize(new DataInputDeserializer(corrupt));
      } catch (IOException expected) {
        assertThat(expected).isNotNull();
      }
    }
  }

  @Test
  void truncatedBytesAreAnIoException() throws IOException {
    byte[] bytes = RoundTrip.bytes(SERIALIZER, new RandomRecords(3).packet(Gradient.class));

    assertThatThrownBy(() -> RoundTrip.read(SERIALIZER, Arrays.copyOf(bytes, bytes.length / 2)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void copyingBytesWritesTheSameBytes() throws IOException {
    byte[] bytes = RoundTrip.bytes(SERIALIZER, new RandomRecords(5).packet(Gradient.class));
    DataOutputSerializer target = new DataOutputSerializer(64);

    SERIALIZER.copy(new DataInputDeserializer(bytes), target);

    assertThat(target.getCopyOfBuffer()).isEqualTo(bytes);
  }

  @Test
  void anImmutableRecordIsItsOwnCopy() {
    Packet packet = gradient(EMPTY);

    assertThat(SERIALIZER.isImmutableType()).isTrue();
    assertThat(SERIALIZER.copy(packet)).isSameAs(packet);
  }

  private static Packet gradient(TensorData tensor) {
    Transaction transaction = new Transaction(4, 2, Route.of(0, 1));
    return new Packet(
        new Address(1, 1), new Address(0, 0), new Gradient(transaction, 0, 0, 4, tensor, null));
  }

  private static Packet withoutTensor(Packet packet) {
    return packet.message() instanceof Message.WithTensor message
        ? new Packet(packet.from(), packet.to(), message.withTensor(EMPTY))
        : packet;
  }

  static void assertSame(TensorData actual, TensorData expected) {
    assertThat(actual.spec()).isEqualTo(expected.spec());
    assertThat(actual.offset()).isEqualTo(expected.offset());
    assertThat(content(actual)).isEqualTo(content(expected));
  }

  private static byte[] content(TensorData tensor) {
    ByteBuffer bytes = ByteBuffer.allocate((int) tensor.size());
    tensor.copyTo(bytes);
    return bytes.array();
  }
}
