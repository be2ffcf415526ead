package dev.titanic.edge;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Message.WithTensor;
import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.edge.Transaction;
import java.nio.ByteBuffer;

/** Packets for tests of the edges. */
public final class Packets {
  private static final Transaction TRANSACTION = new Transaction(1, 1, Route.of(0, 1, 2));

  private Packets() {}

  public static Packet activation(Address from, int microBatch, byte[] bytes) {
    TensorSpec spec = TensorSpec.of(ElementType.BFLOAT16, bytes.length / 2);
    return new Packet(
        from,
        new Address(1, 0),
        new Activation(TRANSACTION, 0, microBatch, 8, true, TensorData.of(spec, bytes)));
  }

  public static Packet abort(Address from) {
    return new Packet(from, new Address(1, 0), new Message.Abort(TRANSACTION));
  }

  /** The bytes of a packet's tensor. */
  public static byte[] content(Packet packet) {
    TensorData tensor = ((WithTensor) packet.message()).tensor();
    ByteBuffer bytes = ByteBuffer.allocate((int) tensor.size());
    tensor.copyTo(bytes);
    return bytes.array();
  }
}
