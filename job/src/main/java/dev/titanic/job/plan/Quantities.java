package dev.titanic.job.plan;

import java.util.Locale;

/** Numbers for people. */
final class Quantities {
  private Quantities() {}

  static String count(long count) {
    return format("%,d", count);
  }

  static String teraflops(double flops) {
    return format("%.3f", flops / 1e12);
  }

  static String seconds(double seconds) {
    return format("%.3f", seconds);
  }

  static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
