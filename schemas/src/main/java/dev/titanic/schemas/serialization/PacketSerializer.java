package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Packet;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Format: sender, receiver, message. */
public final class PacketSerializer extends RecordSerializer<Packet> {
  public static final PacketSerializer INSTANCE = new PacketSerializer();

  @Override
  int version() {
    return 1;
  }

  @Override
  void write(Packet packet, DataOutputView target) throws IOException {
    writeAddress(packet.from(), target);
    writeAddress(packet.to(), target);
    MessageFormats.write(packet.message(), target);
  }

  @Override
  Packet read(int version, DataInputView source) throws IOException {
    return new Packet(readAddress(source), readAddress(source), MessageFormats.read(source));
  }

  private static void writeAddress(Address address, DataOutputView target) throws IOException {
    target.writeInt(address.row());
    target.writeInt(address.column());
  }

  private static Address readAddress(DataInputView source) throws IOException {
    return new Address(source.readInt(), source.readInt());
  }

  @Override
  public TypeSerializerSnapshot<Packet> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Made by Flink when it restores. */
  public static final class Snapshot extends RecordSnapshot<Packet> {
    public Snapshot() {
      super(INSTANCE);
    }
  }
}
