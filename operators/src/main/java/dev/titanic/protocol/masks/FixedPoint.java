package dev.titanic.protocol.masks;

/**
 * Numbers of which several owners' can be added modulo 2^64, in any order and under masks, without
 * an error and without a wrap: multiples of 2^-36, of which all owners' together stay below 2^26.
 *
 * <p>Rounding to such a multiple is off by 2^-37 (7e-12) at most, whatever the number. That is
 * enough for both quantities. A gradient is a sum over the targets of a step and is divided by
 * them, so that with 100 targets an owner's error is below 1e-13: five orders of magnitude below
 * AdamW's epsilon, under which an element of a gradient no longer decides how far its weight goes.
 * Weights above 1e-4 have larger steps between two float32 than that, and one update changes any
 * weight by about the learning rate.
 *
 * @param owners number of summands
 */
public record FixedPoint(int owners) {
  private static final double UNIT = 0x1p-36;
  private static final double LARGEST_SUM = 0x1p26;

  public FixedPoint {
    if (owners < 1) {
      throw new IllegalArgumentException("a sum over " + owners + " owners");
    }
  }

  /** Returns what each summand may be at most, so that no sum of them wraps. */
  public double limit() {
    return LARGEST_SUM / owners;
  }

  /** Whether numbers of this magnitude can be summed; those that are not finite cannot. */
  public boolean holds(double magnitude) {
    return magnitude <= limit();
  }

  /**
   * Rounds to the nearest of these numbers.
   *
   * @throws MaskException when it is too large to be summed
   */
  public long of(double value) {
    if (!holds(Math.abs(value))) {
      throw new MaskException(
          "an element is not finite, or above %.0f, the most that each of %d owners may give to a sum under masks"
              .formatted(limit(), owners));
    }
    return (long) Math.rint(value / UNIT); // a division by a power of 2 is exact
  }

  /** Rounds a sum to float32. */
  public static float toFloat(long sum) {
    return (float) (sum * UNIT);
  }
}
