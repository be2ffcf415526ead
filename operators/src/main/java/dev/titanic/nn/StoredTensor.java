package dev.titanic.nn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/**
 * A tensor in a safetensors file.
 *
 * @param position of its first byte in the file
 */
public record StoredTensor(
    Path file, String name, StoredType type, List<Long> shape, long position, long bytes) {
  private static final int PIECE_BYTES = 1 << 20;

  public StoredTensor {
    shape = List.copyOf(shape);
  }

  /** Writes the elements as little-endian float32 to the target, at its position. */
  public void copyTo(ByteBuffer target) {
    type.copyAsFloat32(map(), target);
  }

  /**
   * Adds the bytes, as they are stored, to a digest. Reads them piece by piece: pages of a mapping
   * would count as memory of the process until the mapping is collected.
   */
  void addTo(MessageDigest digest) {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(bytes, PIECE_BYTES));
    try (FileChannel channel = FileChannel.open(file)) {
      for (long read = 0; read < bytes; read += piece.limit()) {
        piece.clear().limit((int) Math.min(piece.capacity(), bytes - read));
        if (channel.read(piece, position + read) < 0) {
          throw new IOException("end of file");
        }
        digest.update(piece.flip());
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Whether the other one is stored in the same type with the same bytes. */
  boolean hasContentOf(StoredTensor other) {
    return type == other.type && shape.equals(other.shape) && map().equals(other.map());
  }

  /** Maps the elements as they are stored; the mapping lives as long as the buffer. */
  ByteBuffer map() {
    if (bytes > Integer.MAX_VALUE) {
      throw new ModelException(
          "%s: %s: %d bytes: use tensors of at most 2 GiB".formatted(file, name, bytes));
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(MapMode.READ_ONLY, position, bytes).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private ModelException unreadable(IOException cause) {
    return new ModelException(file + ": " + name + ": cannot be read: use a readable file", cause);
  }
}
