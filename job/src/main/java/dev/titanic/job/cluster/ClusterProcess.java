package dev.titanic.job.cluster;

import java.time.Duration;
import java.util.Optional;

/**
 * A process that this cluster has started.
 *
 * <p>An operating system gives the number of a dead process to another one: only when start and
 * program agree too is it ours to stop.
 *
 * @param name the client's id, {@code server}, {@code jobmanager} or {@code kafka}
 * @param incarnation 1 for the first process of the name, one more for each after it
 * @param startedAt milliseconds since 1970
 * @param program path of the executable
 */
record ClusterProcess(String name, int incarnation, long pid, long startedAt, String program) {
  /** The kernel counts from the boot, whose own time moves a little when the clock is set. */
  private static final long CLOCK_TOLERANCE_MILLIS = 2_000;

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  static ClusterProcess of(String name, int incarnation, Process process) {
    ProcessHandle.Info info = process.info();
    return new ClusterProcess(
        name,
        incarnation,
        process.pid(),
        info.startInstant().orElseThrow().toEpochMilli(),
        info.command().orElseThrow());
  }

  /** What Flink knows a TaskManager by: another one after each restart. */
  static String resourceId(String name, int incarnation) {
    return name + "-" + incarnation;
  }

  String resourceId() {
    return resourceId(name, incarnation);
  }

  boolean isAlive() {
    return handle().isPresent();
  }

  private Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isThisOne);
  }

  private boolean isThisOne(ProcessHandle handle) {
    ProcessHandle.Info info = handle.info();
    return info.command().filter(program::equals).isPresent()
        && info.startInstant()
            .filter(start -> Math.abs(start.toEpochMilli() - startedAt) <= CLOCK_TOLERANCE_MILLIS)
            .isPresent();
  }

  /** Asks the process to end, and ends it when it does not. Returns when it has. */
  void stop() throws InterruptedException {
    handle().ifPresent(ProcessHandle::destroy);
    if (!Poll.until(PATIENCE, () -> !isAlive())) {
      handle().ifPresent(ProcessHandle::destroyForcibly);
      Poll.until(PATIENCE, () -> !isAlive());
    }
  }
}
