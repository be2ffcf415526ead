package dev.titanic.protocol;

import java.util.Arrays;

/**
 * A micro-batch of token sequences. It has no wire format, on purpose: it never leaves its owner.
 *
 * <p>Shorter sequences are padded at the end; the padding is no target and, attention being causal,
 * touches nothing before it.
 */
public final class TokenBatch {
  /** Target of a position that has none. */
  public static final long IGNORED = -100;

  private final int sequences;
  private final int length;
  private final long[] inputs;
  private final long[] targets;
  private final long targetCount;

  private TokenBatch(int sequences, int length, long[] inputs, long[] targets, long targetCount) {
    this.sequences = sequences;
    this.length = length;
    this.inputs = inputs;
    this.targets = targets;
    this.targetCount = targetCount;
  }

  /** A batch of sequences of token ids; every token is the target of the one before it. */
  public static TokenBatch of(int[]... sequences) {
    int length = 0;
    for (int[] sequence : sequences) {
      if (sequence.length == 0) {
        throw new IllegalArgumentException("an empty sequence");
      }
      length = Math.max(length, sequence.length);
    }
    long[] inputs = new long[sequences.length * length];
    long[] targets = new long[sequences.length * length];
    Arrays.fill(targets, IGNORED);
    long targetCount = 0;
    for (int row = 0; row < sequences.length; row++) {
      int[] sequence = sequences[row];
      for (int column = 0; column < sequence.length; column++) {
        inputs[row * length + column] = sequence[column];
        if (column > 0) {
          targets[row * length + column - 1] = sequence[column];
          targetCount++;
        }
      }
    }
    return new TokenBatch(sequences.length, length, inputs, targets, targetCount);
  }

  public int sequences() {
    return sequences;
  }

  /** Tokens per sequence, padding included. */
  public int length() {
    return length;
  }

  /** Token ids, (sequences, length), row-major. */
  public long[] inputs() {
    return inputs;
  }

  /** Next-token ids, {@link #IGNORED} where there is none; (sequences, length), row-major. */
  public long[] targets() {
    return targets;
  }

  public long targetCount() {
    return targetCount;
  }

  /** Number of tokens, without padding: every sequence has one more than targets. */
  public long tokenCount() {
    return targetCount + sequences;
  }

  @Override
  public String toString() {
    return "(" + sequences + ", " + length + ")";
  }
}
