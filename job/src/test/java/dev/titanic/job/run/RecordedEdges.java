package dev.titanic.job.run;

import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.serialization.PacketSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Keeps the bytes of all packets that come to an operator. */
final class RecordedEdges implements Probe {
  private static final int INITIAL_BYTES = 1 << 20;

  private final DataOutputSerializer bytes = new DataOutputSerializer(INITIAL_BYTES);

  @Override
  public synchronized void received(Object record) {
    if (record instanceof Packet packet) {
      try {
        PacketSerializer.INSTANCE.serialize(packet, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  synchronized byte[] bytes() {
    return bytes.getCopyOfBuffer();
  }
}
