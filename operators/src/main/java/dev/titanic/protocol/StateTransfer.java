package dev.titanic.protocol;

import dev.titanic.schemas.edge.Message.Chunk;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.serialization.BufferInput;
import dev.titanic.schemas.serialization.BufferOutput;
import dev.titanic.schemas.serialization.PartitionStateFormat;
import dev.titanic.schemas.state.PartitionState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A partition's state in chunks: what the old host cuts and the new host joins. Neither copies a
 * tensor: chunks are views of what the old host has, and the state is views of what has come.
 */
final class StateTransfer {
  private StateTransfer() {}

  /** At the old host. */
  static final class Source {
    private final List<List<ByteBuffer>> chunks;

    /**
     * @param state stays as it is until the new host has acknowledged
     */
    Source(PartitionState state, int chunkSize) {
      try (BufferOutput out = new BufferOutput()) {
        PartitionStateFormat.write(state, out);
        this.chunks = cut(out.buffers(), chunkSize);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Chunk chunk(Transaction transaction, int index) {
      if (index < 0 || index >= chunks.size()) {
        throw new ProtocolException("chunk " + index + " of " + chunks.size());
      }
      return PulledChunks.chunk(transaction, index, chunks.size(), chunks.get(index));
    }
  }

  /** At the new host. */
  static final class Target {
    private final PulledChunks chunks = new PulledChunks();
    private final SortedMap<Integer, List<ByteBuffer>> received = new TreeMap<>();

    /** Returns the next chunk to ask for, or -1 when enough are under way. */
    int next() {
      return chunks.next();
    }

    void receive(Chunk chunk) {
      received.put(chunk.chunk(), chunks.receive(chunk));
    }

    boolean complete() {
      return chunks.complete();
    }

    PartitionState state() {
      List<ByteBuffer> all = received.values().stream().flatMap(List::stream).toList();
      try (BufferInput in = new BufferInput(all)) {
        return PartitionStateFormat.read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Cuts buffers into views of the chunk's size together, the last one shorter. */
  private static List<List<ByteBuffer>> cut(List<ByteBuffer> buffers, int chunkSize) {
    List<List<ByteBuffer>> chunks = new ArrayList<>();
    List<ByteBuffer> chunk = new ArrayList<>();
    int room = chunkSize;
    for (ByteBuffer buffer : buffers) {
      for (int at = buffer.position(); at < buffer.limit(); ) {
        int length = Math.min(room, buffer.limit() - at);
        chunk.add(buffer.slice(at, length));
        at += length;
        room -= length;
        if (room == 0) {
          chunks.add(chunk);
          chunk = new ArrayList<>();
          room = chunkSize;
        }
      }
    }
    if (!chunk.isEmpty()) {
      chunks.add(chunk);
    }
    return chunks;
  }
}
