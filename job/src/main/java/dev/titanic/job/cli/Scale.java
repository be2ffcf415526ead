package dev.titanic.job.cli;

import java.util.OptionalLong;

/**
 * What a display counts.
 *
 * @param unit singular
 * @param end how many there are, where it is known
 */
record Scale(String unit, OptionalLong end) {
  private static final long HUNDRED = 100;

  /** Of everything that there is to do. */
  static final Scale PERCENT = new Scale("%", OptionalLong.of(HUNDRED));

  boolean isEnd(long done) {
    return end.isPresent() && done >= end.getAsLong();
  }

  /** How far so many are, in words. */
  String describe(long done) {
    if (equals(PERCENT)) {
      return done + " %";
    }
    return unit + " " + done + (end.isPresent() ? "/" + end.getAsLong() : "");
  }
}
