package dev.titanic.job.cli;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads {@code progress.jsonl} as it grows, for a view of the run. */
final class ProgressFollower {
  private static final long LOOKS_MILLIS = 250;

  private final Path file;
  private long position;

  private ProgressFollower(Path file) {
    this.file = file;
  }

  static ProgressFollower of(OutputDirectory output) {
    return new ProgressFollower(output.progress());
  }

  /**
   * Shows what comes until the run has ended, in whatever way.
   *
   * @param report of the run, kept up to date
   */
  void follow(Future<?> end, RunView view, LiveReport report)
      throws IOException, InterruptedException {
    boolean ended = false;
    while (!ended) {
      ended = hasEnded(end);
      showNew(view);
      report.refresh();
    }
  }

  private static boolean hasEnded(Future<?> end) throws InterruptedException {
    try {
      end.get(LOOKS_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true; // whoever waits for the result tells
    }
  }

  private void showNew(RunView view) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      // A restart cuts the file back, at the end of a line.
      position = Math.min(position, channel.size());
      channel.position(position);
      ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - position));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      bytes.flip();
      for (int end = bytes.position(); end < bytes.limit(); end++) {
        if (bytes.get(end) == '\n') {
          byte[] line = new byte[end - bytes.position()];
          bytes.get(line);
          bytes.get();
          view.show(ProgressRecord.fromJson(line));
        }
      }
      position += bytes.position();
    }
  }
}
