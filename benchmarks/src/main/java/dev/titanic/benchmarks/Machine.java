package dev.titanic.benchmarks;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** Where numbers come from, to be printed above them. */
final class Machine {
  private Machine() {}

  static void print(PrintStream out) {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    out.printf(
        "%s %s, %d processors, load %.1f%n",
        system.getName(),
        system.getArch(),
        system.getAvailableProcessors(),
        system.getSystemLoadAverage());
    out.printf(
        "%s %s, OMP_NUM_THREADS=%s%n",
        System.getProperty("java.vm.name"),
        Runtime.version(),
        System.getenv().getOrDefault("OMP_NUM_THREADS", ""));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-X"))
        .forEach(out::println);
    out.println();
  }
}
