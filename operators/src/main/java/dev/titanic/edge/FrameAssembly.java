package dev.titanic.edge;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.WithTensor;
import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the frames that arrive at an operator together again, without copying them.
 *
 * <p>Frames of one message come in order, because they take one channel; those of different
 * messages may interleave, of one sender too.
 */
public final class FrameAssembly {
  private static final TensorData NOTHING =
      TensorData.of(TensorSpec.of(ElementType.FLOAT32, 0), new byte[0]);

  private final Map<Identity, Frames> incomplete = new HashMap<>();

  /**
   * Takes a packet.
   *
   * @return the whole message, when this packet was all that it lacked
   * @throws IllegalStateException when a frame is missing, comes twice or is of another tensor
   */
  public Optional<Packet> add(Packet packet) {
    if (!(packet.message() instanceof WithTensor message) || message.tensor().isWhole()) {
      return Optional.of(packet);
    }
    Identity identity = new Identity(packet.from(), packet.to(), message.withTensor(NOTHING));
    Frames frames =
        incomplete.computeIfAbsent(identity, key -> new Frames(message.tensor().spec()));
    frames.add(message.tensor(), packet);
    if (!frames.complete()) {
      return Optional.empty();
    }
    incomplete.remove(identity);
    return Optional.of(new Packet(packet.from(), packet.to(), message.withTensor(frames.tensor())));
  }

  /** Number of messages of which something is still missing; 0 between transactions. */
  public int incomplete() {
    return incomplete.size();
  }

  /** What all frames of one message have in common, and those of no other. */
  private record Identity(Address from, Address to, Message withoutTensor) {}

  /** The frames of one message so far. */
  private static final class Frames {
    private final TensorSpec spec;
    private final List<ByteBuffer> chunks = new ArrayList<>();
    private long received;

    Frames(TensorSpec spec) {
      this.spec = spec;
    }

    void add(TensorData frame, Packet packet) {
      if (!frame.spec().equals(spec) || frame.offset() != received) {
        throw new IllegalStateException(
            "%s from %s to %s: frame %s where byte %d of %s was expected"
                .formatted(
                    packet.message().getClass().getSimpleName(),
                    packet.from(),
                    packet.to(),
                    frame,
                    received,
                    spec));
      }
      chunks.addAll(frame.chunks());
      received += frame.size();
    }

    boolean complete() {
      return received == spec.bytes();
    }

    TensorData tensor() {
      return TensorData.whole(spec, chunks);
    }
  }
}
