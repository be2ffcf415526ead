package dev.titanic.nn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.List;

/**
 * A tensor in a safetensors file.
 *
 * @param position of its first byte in the file
 */
public record StoredTensor(
    Path file, String name, StoredType type, List<Long> shape, long position, long bytes) {
  public StoredTensor {
    shape = List.copyOf(shape);
  }

  /** Writes the elements as little-endian float32 to the target, at its position. */
  public void copyTo(ByteBuffer target) {
    type.copyAsFloat32(map(), target);
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
      throw new ModelException(file + ": " + name + ": cannot be read: use a readable file", e);
    }
  }
}
