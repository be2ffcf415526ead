package dev.titanic.protocol;

import dev.titanic.protocol.masks.Masks;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.Message.Aggregate;
import dev.titanic.schemas.edge.Message.Aggregated;
import dev.titanic.schemas.edge.Message.Contribution;
import dev.titanic.schemas.edge.Message.Quantity;
import dev.titanic.schemas.edge.Message.Summed;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An owner's part in an aggregation: sends what it holds of the first partition piece by piece,
 * under masks or as it is, and puts the sums in its place.
 *
 * <p>A piece leaves when the sum of the fourth one before it has come, so an owner has at most
 * {@value PulledChunks#OUTSTANDING} pieces at the aggregator.
 */
final class OwnerAggregation {
  private final Aggregate order;
  private final Partition partition;
  private final @Nullable Masks masks;
  private final Outbox outbox;
  private final List<WeightPiece> pieces;
  private int sent;
  private int received;

  /**
   * @param masks null when the server may see what each owner gives
   */
  OwnerAggregation(Aggregate order, Partition partition, @Nullable Masks masks, Outbox outbox) {
    this.order = order;
    this.partition = partition;
    this.masks = masks;
    this.outbox = outbox;
    // a masked element has twice the bytes, on the way to the server
    int bytes = masks == null ? PulledChunks.BYTES : PulledChunks.BYTES / 2;
    this.pieces = WeightPiece.of(partition.weights(), bytes);
  }

  void begin() {
    goOn();
  }

  void receive(Summed summed) {
    WeightPiece piece = expected(summed);
    ByteBuffer bytes = ByteBuffer.allocate(piece.bytes());
    summed.tensor().copyTo(bytes);
    put(piece, bytes.flip());
    received++;
    goOn();
  }

  private WeightPiece expected(Summed summed) {
    if (summed.chunk() != received
        || received == sent
        || !summed.tensor().spec().equals(spec(pieces.get(received)))) {
      throw new ProtocolException(
          "sum of piece %d, %s; expected is piece %d of %d"
              .formatted(summed.chunk(), summed.tensor(), received, pieces.size()));
    }
    return pieces.get(received);
  }

  private void goOn() {
    while (sent < pieces.size() && sent - received < PulledChunks.OUTSTANDING) {
      outbox.send(Address.aggregator(), contribution(sent));
      sent++;
    }
    if (complete()) {
      report();
    }
  }

  boolean complete() {
    return received == pieces.size();
  }

  private Contribution contribution(int index) {
    WeightPiece piece = pieces.get(index);
    byte[] bytes = new byte[piece.bytes()];
    take(piece, ByteBuffer.wrap(bytes));
    return masks == null
        ? contribution(index, order.share(), TensorData.of(spec(piece), bytes))
        : contribution(index, 1, hidden(masks, bytes));
  }

  private TensorData hidden(Masks with, byte[] values) {
    byte[] bytes =
        with.hide(
            order.share(), ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
    return TensorData.of(TensorSpec.of(ElementType.INT64, bytes.length / Long.BYTES), bytes);
  }

  private Contribution contribution(int index, double share, TensorData tensor) {
    return new Contribution(order.transaction(), index, pieces.size(), share, tensor);
  }

  private static TensorSpec spec(WeightPiece piece) {
    ElementType type = piece.spec().type();
    return TensorSpec.of(type, piece.bytes() / type.bytes());
  }

  private void take(WeightPiece piece, ByteBuffer target) {
    switch (order.quantity()) {
      case GRADIENTS -> partition.readGradient(piece.weight(), piece.offset(), target);
      case WEIGHTS -> partition.read(piece.weight(), piece.offset(), target);
    }
  }

  private void put(WeightPiece piece, ByteBuffer source) {
    switch (order.quantity()) {
      case GRADIENTS -> partition.writeGradient(piece.weight(), piece.offset(), source);
      case WEIGHTS -> partition.write(piece.weight(), piece.offset(), source);
    }
  }

  private void report() {
    if (order.resetOptimizer()) {
      partition.resetOptimizer();
    }
    SquaredNorms norms =
        order.quantity() == Quantity.GRADIENTS ? partition.squaredNorms() : SquaredNorms.NONE;
    outbox.send(Address.coordinator(), new Aggregated(order.transaction(), norms));
  }
}
