package dev.titanic.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches how much anonymous memory this process has, without what is mapped from files: the Java
 * heap, which is touched when the JVM starts, and what native code has allocated.
 */
final class ResidentMemory implements AutoCloseable {
  private static final Path STATISTICS = Path.of("/proc/self/statm");
  private static final long PAGE_BYTES = 4096;
  private static final long PAUSE_NANOS = 500_000;

  private final AtomicLong peak = new AtomicLong();
  private final Thread watcher = new Thread(this::watch, "resident-memory");
  private volatile boolean closed;

  private ResidentMemory() {}

  static ResidentMemory watching() {
    ResidentMemory memory = new ResidentMemory();
    memory.watcher.setDaemon(true);
    memory.watcher.start();
    return memory;
  }

  /** Bytes now. */
  static long now() {
    try {
      String[] pages = Files.readString(STATISTICS).split(" ", -1);
      return (Long.parseLong(pages[1]) - Long.parseLong(pages[2])) * PAGE_BYTES;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void watch() {
    while (!closed) {
      peak.accumulateAndGet(now(), Math::max);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Most bytes since the start. */
  long peak() {
    return peak.accumulateAndGet(now(), Math::max);
  }

  @Override
  public void close() {
    closed = true;
  }
}
