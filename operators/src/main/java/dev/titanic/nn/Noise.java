package dev.titanic.nn;

import dev.titanic.protocol.MicroBatch;
import java.io.Serializable;

/**
 * Where dropout gets its seeds from: a hash of run, micro-batch and layer, so that masks depend
 * neither on the cut nor on what was computed before, and a step that is repeated after a failure
 * draws them again.
 *
 * @param seed of the run
 */
public record Noise(long seed) implements Serializable {

  /** In place of a seed: drop nothing. */
  public static final long NONE = -1;

  /**
   * Returns a seed that is not negative.
   *
   * @param layer 0 for the embedding, then the blocks, then the head
   */
  public long of(MicroBatch microBatch, int layer) {
    long mixed = mix(mix(mix(seed) + microBatch.version()) + microBatch.index());
    return mix(mixed + layer) >>> 1;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
