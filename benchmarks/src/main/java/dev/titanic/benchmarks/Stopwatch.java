package dev.titanic.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/** Two clocks that were started together: the wall's, and the CPU time of this process. */
final class Stopwatch {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();
  private static final double MILLIS = 1e-3;
  private static final double NANOS = 1e-9;

  private final long cpuAtStart = PROCESS.getProcessCpuTime();
  private final long compiledAtStart = COMPILERS.getTotalCompilationTime();
  private final long wallAtStart = System.nanoTime();

  private Stopwatch() {}

  static Stopwatch start() {
    return new Stopwatch();
  }

  /** Says what the time since the start was spent on. */
  Cost read(long units) {
    return new Cost(
        NANOS * (PROCESS.getProcessCpuTime() - cpuAtStart),
        NANOS * (System.nanoTime() - wallAtStart),
        MILLIS * (COMPILERS.getTotalCompilationTime() - compiledAtStart),
        units);
  }
}
