package dev.titanic.protocol.masks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What two owners put on a sum, and only they know: one of them adds it, the other one subtracts
 * it. It is the key stream of AES-256 in counter mode. The upper half of the first counter is the
 * piece, the lower half counts blocks, so no two pieces have a block in common.
 */
final class PairMask {
  /** In bytes; fits in a processor's cache, with as many of the elements. */
  private static final int BATCH = 16 << 10;

  private static final byte[] ZEROS = new byte[BATCH];

  private final SecretKeySpec key;
  private final boolean adds;

  /**
   * @param key of 32 bytes, for one transaction
   * @param adds or else subtracts
   */
  PairMask(byte[] key, boolean adds) {
    this.key = new SecretKeySpec(key, "AES");
    this.adds = adds;
  }

  /** Puts the mask of a piece on its elements, modulo 2^64. */
  void putOn(long[] elements, int piece) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, key, firstCounter(cipher.getBlockSize(), piece));
    byte[] stream = new byte[BATCH];
    LongBuffer words = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    long[] mask = new long[BATCH / Long.BYTES];
    for (int first = 0; first < elements.length; first += mask.length) {
      int count = Math.min(mask.length, elements.length - first);
      cipher.update(ZEROS, 0, count * Long.BYTES, stream);
      words.get(0, mask);
      for (int i = 0; i < count; i++) {
        elements[first + i] += adds ? mask[i] : -mask[i];
      }
    }
  }

  private static IvParameterSpec firstCounter(int bytes, int piece) {
    return new IvParameterSpec(ByteBuffer.allocate(bytes).putLong(piece).array());
  }
}
