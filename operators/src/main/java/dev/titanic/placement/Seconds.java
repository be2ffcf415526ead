package dev.titanic.placement;

import java.util.Locale;

/** Times and factors for people: two digits are enough. */
final class Seconds {
  private static final double MILLIS = 1e3;

  private Seconds() {}

  static String text(double seconds) {
    return Math.abs(seconds) < 1 ? number(seconds * MILLIS) + " ms" : number(seconds) + " s";
  }

  static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.1f" : "%.0f", value);
  }
}
