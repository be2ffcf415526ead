package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Format of a tensor or a frame of one: element type, shape, offset and number of the bytes that
 * are here, then the bytes as they are.
 *
 * <p>What is read lies in arrays of at most {@link #CHUNK_BYTES}, so a frame in one; from a {@link
 * BufferInput} it stays where it is.
 */
final class Tensors {
  static final int CHUNK_BYTES = 4 << 20;
  private static final int COPY_BYTES = 64 << 10;

  private Tensors() {}

  static void write(TensorData tensor, DataOutput target) throws IOException {
    TensorSpecsFormat.write(tensor.spec(), target);
    target.writeLong(tensor.offset());
    target.writeLong(tensor.size());
    for (ByteBuffer chunk : tensor.chunks()) {
      writeBytes(chunk, target);
    }
  }

  static TensorData read(DataInput source) throws IOException {
    TensorSpec spec = TensorSpecsFormat.readSpec(source);
    long offset = source.readLong();
    long size = source.readLong();
    long whole = spec.bytes();
    // before anything is allocated for a corrupt size
    if (offset < 0 || size < 0 || offset > whole || size > whole - offset) {
      throw new IOException(size + " bytes from " + offset + " on of a tensor of " + whole);
    }
    return TensorData.frame(spec, offset, readBytes(size, source));
  }

  private static void writeBytes(ByteBuffer bytes, DataOutput target) throws IOException {
    if (target instanceof BufferOutput buffers) {
      buffers.write(bytes);
      return;
    }
    if (bytes.hasArray()) {
      target.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      return;
    }
    // native memory: Flink's views take arrays only
    byte[] copy = new byte[Math.min(bytes.remaining(), COPY_BYTES)];
    while (bytes.hasRemaining()) {
      int length = Math.min(bytes.remaining(), copy.length);
      bytes.get(copy, 0, length);
      target.write(copy, 0, length);
    }
  }

  private static List<ByteBuffer> readBytes(long size, DataInput source) throws IOException {
    if (source instanceof BufferInput buffers) {
      return buffers.readBuffers(size);
    }
    List<ByteBuffer> chunks = new ArrayList<>();
    for (long left = size; left > 0; left -= CHUNK_BYTES) {
      byte[] chunk = new byte[(int) Math.min(left, CHUNK_BYTES)];
      source.readFully(chunk);
      chunks.add(ByteBuffer.wrap(chunk));
    }
    return chunks;
  }
}
