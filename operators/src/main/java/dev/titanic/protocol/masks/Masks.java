package dev.titanic.protocol.masks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.GeneralSecurityException;
import java.util.List;

/**
 * The masks of one owner in one transaction, one with each of the others. Of what one owner gives,
 * nothing can be told from random numbers; in the sum over all owners every mask is once added and
 * once subtracted, so that the sum is exact.
 */
public final class Masks {
  private final FixedPoint fixedPoint;
  private final List<PairMask> pairs;

  /** How many have been hidden. Counted here, so that none gets the mask of another. */
  private int pieces;

  Masks(List<PairMask> pairs) {
    this.fixedPoint = new FixedPoint(pairs.size() + 1);
    this.pairs = List.copyOf(pairs);
  }

  /**
   * Makes fixed-point numbers of the next piece of what an owner gives, and masks them. All owners
   * must give their pieces in the same order.
   *
   * @param share multiplies the values, in float64
   * @return an INT64, little-endian, for every value
   * @throws MaskException when a value is too large to be summed
   */
  public byte[] hide(double share, FloatBuffer values) {
    float[] plain = new float[values.remaining()];
    values.get(plain);
    long[] elements = new long[plain.length];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = fixedPoint.of(share * plain[i]);
    }
    int piece = pieces++;
    try {
      for (PairMask pair : pairs) {
        pair.putOn(elements, piece);
      }
    } catch (GeneralSecurityException e) {
      throw MaskingKey.unsupported(e);
    }
    byte[] bytes = new byte[Math.multiplyExact(elements.length, Long.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(elements);
    return bytes;
  }
}
