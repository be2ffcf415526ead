package dev.titanic.schemas.state;

/**
 * How far a run is in the turns of its owners.
 *
 * @param number turns that are over
 * @param steps committed in the one that is not
 */
public record Turn(long number, long steps) {
  public static final Turn FIRST = new Turn(0, 0);

  public Turn {
    if (number < 0 || steps < 0) {
      throw new IllegalArgumentException("%d steps of turn %d".formatted(steps, number));
    }
  }

  /** One more step is committed in this turn. */
  public Turn stepped() {
    return new Turn(number, steps + 1);
  }

  /** The turn behind this one. */
  public Turn next() {
    return new Turn(number + 1, 0);
  }
}
