package dev.titanic.job.plan;

import java.util.Locale;

/** Numbers for people. */
final class Quantities {
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Quantities() {}

  /** In powers of 1024, as {@code clients[].memory} is written. */
  static String bytes(long bytes) {
    double scaled = bytes;
    int unit = 0;
    while (scaled >= 1024 && unit < BINARY.length - 1) {
      scaled /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : format("%.2f %s", scaled, BINARY[unit]);
  }

  static String count(long count) {
    return format("%,d", count);
  }

  static String teraflops(double flops) {
    return format("%.3f", flops / 1e12);
  }

  static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
