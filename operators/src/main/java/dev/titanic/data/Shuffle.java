package dev.titanic.data;

import dev.titanic.schemas.edge.StreamPosition;
import java.io.Serializable;

/**
 * How an owner's sequences are shuffled: in windows, each in a seeded order of its own.
 *
 * @param window sequences; 0 or 1 leaves them in the order of the topic
 */
public record Shuffle(int window, long seed) implements Serializable {
  public static final Shuffle NONE = new Shuffle(0, 0);

  /** Odd, with its bits well spread: the fractional part of the golden ratio. */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  public Shuffle {
    if (window < 0) {
      throw new IllegalArgumentException("a window of " + window + " sequences");
    }
  }

  /** The window at a position: as it was begun, or, when it is not, as this says. */
  ShuffledWindow open(StreamPosition.Window position) {
    return position.taken() > 0
        ? new ShuffledWindow(position)
        : new ShuffledWindow(
            new StreamPosition.Window(
                position.number(), Math.max(1, window), seedOf(position.number()), 0));
  }

  /** Neighbouring windows must not have neighbouring seeds, which give like orders. */
  private long seedOf(long number) {
    long mixed = (seed ^ number * GOLDEN) * 0xbf58476d1ce4e5b9L;
    return mixed ^ mixed >>> 31;
  }
}
