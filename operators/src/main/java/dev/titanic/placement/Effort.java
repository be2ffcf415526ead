package dev.titanic.placement;

/**
 * How much a search may still do, counted in what it does and not in seconds, so that the same
 * problem gets the same answer everywhere.
 */
final class Effort {
  private long left;

  Effort(long units) {
    this.left = units;
  }

  void spend(long units) {
    left -= units;
  }

  boolean isSpent() {
    return left <= 0;
  }
}
