package dev.titanic.protocol;

import dev.titanic.schemas.edge.Message.Chunk;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.serialization.PartitionStateFormat;
import dev.titanic.schemas.state.PartitionState;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A partition's state in chunks: what the old host cuts and the new host joins. */
final class StateTransfer {
  private StateTransfer() {}

  /** At the old host. */
  static final class Source {
    private final List<byte[]> chunks;

    Source(PartitionState state, int chunkSize) {
      this.chunks = cut(state, chunkSize);
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
    private final SortedMap<Integer, byte[]> received = new TreeMap<>();

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
      List<InputStream> streams = new ArrayList<>();
      received.values().forEach(chunk -> streams.add(new ByteArrayInputStream(chunk)));
      try (DataInputStream in =
          new DataInputStream(new SequenceInputStream(Collections.enumeration(streams)))) {
        return PartitionStateFormat.read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static List<byte[]> cut(PartitionState state, int chunkSize) {
    ChunkedOutput output = new ChunkedOutput(chunkSize);
    try (DataOutputStream out = new DataOutputStream(output)) {
      PartitionStateFormat.write(state, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return output.chunks();
  }

  /** Bytes in arrays of one size, the last one shorter. */
  private static final class ChunkedOutput extends OutputStream {
    private final int chunkSize;
    private final List<byte[]> full = new ArrayList<>();
    private byte[] current;
    private int used;

    ChunkedOutput(int chunkSize) {
      this.chunkSize = chunkSize;
      this.current = new byte[chunkSize];
    }

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      int from = offset;
      int left = length;
      while (left > 0) {
        if (used == chunkSize) {
          full.add(current);
          current = new byte[chunkSize];
          used = 0;
        }
        int copied = Math.min(left, chunkSize - used);
        System.arraycopy(bytes, from, current, used, copied);
        used += copied;
        from += copied;
        left -= copied;
      }
    }

    List<byte[]> chunks() {
      List<byte[]> all = new ArrayList<>(full);
      all.add(Arrays.copyOf(current, used));
      return all;
    }
  }
}
