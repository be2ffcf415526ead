package dev.titanic.protocol;

import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.Message.Chunk;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.edge.Transaction;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Which chunks a receiver has asked for and which have come: all of them in order, few at a time.
 * How many there are is known with the first, which is therefore asked for alone.
 */
final class PulledChunks {
  /** Chunks that are asked for at a time. */
  static final int OUTSTANDING = 4;

  /** Size of a chunk, at most. */
  static final int BYTES = 4 << 20;

  private final BitSet received = new BitSet();
  private int known = 1;
  private int requested;

  /** Returns the next chunk to ask for, or -1 when enough are under way. */
  int next() {
    boolean wanted = requested < known && requested - received.cardinality() < OUTSTANDING;
    return wanted ? requested++ : -1;
  }

  /** Takes a chunk that was asked for, and returns its bytes, where they are. */
  List<ByteBuffer> receive(Chunk chunk) {
    int index = chunk.chunk();
    if (index >= requested || received.get(index) || !fits(chunk)) {
      throw new ProtocolException(
          "chunk %d of %d: %d of %d were asked for"
              .formatted(index, chunk.chunks(), requested, known));
    }
    List<ByteBuffer> bytes = chunk.tensor().chunks();
    if (digest(bytes) != chunk.digest()) {
      throw new ProtocolException("chunk " + index + " was changed on its way");
    }
    known = chunk.chunks();
    received.set(index);
    return bytes;
  }

  private boolean fits(Chunk chunk) {
    return received.isEmpty() ? chunk.chunks() > 0 : chunk.chunks() == known;
  }

  boolean complete() {
    return received.cardinality() == known;
  }

  /** Makes a chunk at the sender, over bytes that do not change before it has arrived. */
  static Chunk chunk(Transaction transaction, int index, int chunks, List<ByteBuffer> bytes) {
    long size = bytes.stream().mapToLong(ByteBuffer::remaining).sum();
    return new Chunk(
        transaction,
        index,
        chunks,
        digest(bytes),
        TensorData.whole(TensorSpec.of(ElementType.BYTE, size), bytes));
  }

  private static long digest(List<ByteBuffer> bytes) {
    CRC32C crc = new CRC32C();
    bytes.forEach(buffer -> crc.update(buffer.duplicate()));
    return crc.getValue();
  }
}
