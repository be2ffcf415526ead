package dev.titanic.job.config;

import java.util.Locale;

/** Amounts of memory for people, in powers of 1024, as {@code clients[].memory} is written. */
public final class Bytes {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final double STEP = 1024;

  private Bytes() {}

  public static String text(long bytes) {
    double scaled = bytes;
    int unit = 0;
    while (scaled >= STEP && unit < UNITS.length - 1) {
      scaled /= STEP;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.2f %s", scaled, UNITS[unit]);
  }
}
