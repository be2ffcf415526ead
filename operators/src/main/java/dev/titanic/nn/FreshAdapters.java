package dev.titanic.nn;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Random;

/**
 * Adapters at the start of training, as PEFT initialises them: B is zero, so that nothing changes
 * at first, and A is uniform within one over the root of its inputs (Kaiming, with a = root of 5).
 *
 * <p>Every weight has its own random numbers, from the seed and its name, so that they are the same
 * whatever the cut.
 *
 * @param seed of the run
 */
public record FreshAdapters(long seed) {

  /** Writes a weight as little-endian float32 to the target, at its position. */
  public void copyTo(String name, List<Long> shape, ByteBuffer target) {
    ByteBuffer out = target.order(ByteOrder.LITTLE_ENDIAN);
    long elements = shape.stream().reduce(1L, Math::multiplyExact);
    if (name.endsWith(Lora.B)) {
      for (long i = 0; i < elements; i++) {
        out.putFloat(0);
      }
      return;
    }
    double bound = 1 / Math.sqrt(shape.get(1));
    Random random = new Random(seedOf(name));
    for (long i = 0; i < elements; i++) {
      out.putFloat((float) ((2 * random.nextDouble() - 1) * bound));
    }
  }

  private long seedOf(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(digest.digest((seed + " " + name).getBytes(UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
