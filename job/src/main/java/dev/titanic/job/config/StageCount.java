package dev.titanic.job.config;

import java.util.OptionalInt;

/**
 * How many stages are asked for.
 *
 * @param number empty: as many as are best
 */
record StageCount(OptionalInt number) {
  static final String AUTO = "auto";

  /**
   * Reads a whole number or {@value #AUTO}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static StageCount parse(String text) {
    if (text.equals(AUTO)) {
      return new StageCount(OptionalInt.empty());
    }
    int number = Integer.parseInt(text);
    if (number < 0) {
      throw new IllegalArgumentException();
    }
    return new StageCount(OptionalInt.of(number));
  }

  boolean isAutomatic() {
    return number.isEmpty();
  }
}
