package dev.titanic.job.report;

import dev.titanic.schemas.kafka.ProgressRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a {@code progress.jsonl} that may still be written. */
final class ProgressLines {
  private static final int BUFFER = 1 << 16;

  private ProgressLines() {}

  /**
   * Reads all whole lines; one without an end is still being written, and left out.
   *
   * @throws UnusableReport naming a line that is no progress record
   */
  static void read(Path file, Consumer<ProgressRecord> records) throws IOException, UnusableReport {
    long number = 0;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        int start = 0;
        for (int i = 0; i < count; i++) {
          if (buffer[i] == '\n') {
            line.write(buffer, start, i - start);
            records.accept(parse(line.toByteArray(), file, ++number));
            line.reset();
            start = i + 1;
          }
        }
        line.write(buffer, start, count - start);
      }
    }
  }

  private static ProgressRecord parse(byte[] line, Path file, long number) throws UnusableReport {
    try {
      return ProgressRecord.fromJson(line);
    } catch (UncheckedIOException e) {
      throw new UnusableReport(
          "%s, line %d: no progress record; valid: what a run of this version wrote"
              .formatted(file, number),
          e);
    }
  }
}
