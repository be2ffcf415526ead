package dev.titanic.schemas.kafka;

/** What JSON, or the meaning of a field, does not allow. */
final class Checks {
  private Checks() {}

  /** JSON has no NaN and no infinity. */
  static void finite(String field, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(field + " is " + value);
    }
  }

  static void notNegative(String field, double value) {
    finite(field, value);
    if (value < 0) {
      throw new IllegalArgumentException(field + " is " + value + ", below 0");
    }
  }

  static void notNegative(String field, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(field + " is " + value + ", below 0");
    }
  }

  static void positive(String field, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + " is " + value + ", below 1");
    }
  }

  static void present(String field, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(field + " is blank");
    }
  }
}
