package dev.titanic.nn;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes safetensors files, valid or not. */
final class SafetensorsFile {
  private SafetensorsFile() {}

  static Path write(Path file, String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(UTF_8);
    return write(file, json.length, json, data);
  }

  /** With a header size that need not be true. */
  static Path write(Path file, long headerBytes, byte[] header, byte[] data) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + header.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(headerBytes)
            .put(header)
            .put(data);
    return Files.write(file, bytes.array());
  }
}
