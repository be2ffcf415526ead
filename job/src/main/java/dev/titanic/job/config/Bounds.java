package dev.titanic.job.config;

/** Bounds of values in the records; a file that breaks one has been refused before. */
final class Bounds {
  private Bounds() {}

  static void atLeast(long minimum, long value, String name) {
    if (value < minimum) {
      throw new IllegalArgumentException("%s is %d, below %d".formatted(name, value, minimum));
    }
  }

  /** The same for a number, which must be finite too. */
  static void finiteAtLeast(double minimum, double value, String name) {
    if (!Double.isFinite(value) || value < minimum) {
      throw new IllegalArgumentException("%s is %s, below %s".formatted(name, value, minimum));
    }
  }
}
