package dev.titanic.protocol;

import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.Message.Chunk;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A partition's state in chunks: what the old host cuts and the new host joins. */
final class StateTransfer {
  /** Chunks that a new host asks for at a time. */
  static final int OUTSTANDING = 4;

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
      byte[] bytes = chunks.get(index);
      return new Chunk(
          transaction,
          index,
          chunks.size(),
          digest(bytes),
          TensorData.of(TensorSpec.of(ElementType.BYTE, bytes.length), bytes));
    }
  }

  /** At the new host. */
  static final class Target {
    private byte @Nullable [] @Nullable [] chunks;
    private int received;
    private int requested;

    /** Returns the next chunk to ask for, or -1 when all known ones have been asked for. */
    int next() {
      int known = chunks == null ? 1 : chunks.length;
      return requested < known && requested - received < OUTSTANDING ? requested++ : -1;
    }

    void receive(Chunk chunk) {
      if (chunks == null) {
        chunks = new byte[chunk.chunks()][];
      }
      byte[] bytes = new byte[(int) chunk.tensor().size()];
      chunk.tensor().copyTo(ByteBuffer.wrap(bytes));
      if (chunk.chunks() != chunks.length || chunks[chunk.chunk()] != null) {
        throw new ProtocolException(
            "chunk %d of %d does not fit a state of %d chunks"
                .formatted(chunk.chunk(), chunk.chunks(), chunks.length));
      }
      if (digest(bytes) != chunk.digest()) {
        throw new ProtocolException("chunk " + chunk.chunk() + " was changed on its way");
      }
      chunks[chunk.chunk()] = bytes;
      received++;
    }

    boolean complete() {
      return chunks != null && received == chunks.length;
    }

    PartitionState state() {
      List<InputStream> streams = new ArrayList<>();
      if (chunks != null) {
        for (byte[] chunk : chunks) {
          streams.add(new ByteArrayInputStream(Objects.requireNonNull(chunk)));
        }
      }
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

  private static long digest(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return crc.getValue();
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
