package dev.titanic.coordinator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * {@code progress.jsonl}: cut back to what the snapshot knows before anything is added, so that a
 * step that runs again is recorded once.
 */
final class ProgressFile implements AutoCloseable {
  private final FileChannel file;

  private ProgressFile(FileChannel file) {
    this.file = file;
  }

  /**
   * @param length in bytes, of what is to be kept; 0 begins anew
   */
  static ProgressFile open(Path path, long length) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      FileChannel file =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      file.truncate(length);
      file.position(file.size());
      return new ProgressFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  void add(String line) {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes sure that all lines are on the disk, and returns how many bytes they are. */
  long flush() {
    try {
      file.force(false);
      return file.position();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
