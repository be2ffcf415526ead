package dev.titanic.schemas.serialization;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Format of a string: its length in bytes, then UTF-8. For names and hashes, so at most {@link
 * #MAXIMUM_BYTES}.
 */
final class Strings {
  static final int MAXIMUM_BYTES = 1 << 20;

  private Strings() {}

  static void write(String string, DataOutput target) throws IOException {
    byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
    requireShort(bytes.length);
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  static String read(DataInput source) throws IOException {
    int length = source.readInt();
    requireShort(length);
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void requireShort(int length) throws IOException {
    if (length < 0 || length > MAXIMUM_BYTES) {
      throw new IOException(
          "a string of %d bytes, at most %d are allowed".formatted(length, MAXIMUM_BYTES));
    }
  }
}
