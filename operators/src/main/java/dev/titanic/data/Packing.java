package dev.titanic.data;

import java.util.OptionalInt;
import java.util.function.Supplier;

/** How documents become sequences. */
public final class Packing {
  private final Supplier<Packer> packers;

  /** What becomes of documents that are no sequence of the right length. */
  public enum Kind {
    /** Documents are joined by the end-of-text token and cut into full sequences. */
    CONCAT,
    /** One record is one sequence; shorter ones are padded. */
    NONE
  }

  private Packing(int sequenceLength, Supplier<Packer> packers) {
    if (sequenceLength < 2) {
      throw new IllegalArgumentException(
          "a sequence of " + sequenceLength + " tokens has no target; valid is 2 or more");
    }
    this.packers = packers;
  }

  /**
   * @param endOfText token of the model, if it has one
   */
  public static Packing of(Kind kind, int sequenceLength, OptionalInt endOfText) {
    return switch (kind) {
      case CONCAT -> concat(sequenceLength, endOfText);
      case NONE -> none(sequenceLength);
    };
  }

  /**
   * Documents joined and cut into sequences of equal length; the rest of a document begins the next
   * sequence.
   *
   * @param sequenceLength T tokens, so T - 1 targets
   * @param endOfText token put after each document, if the model has one
   */
  public static Packing concat(int sequenceLength, OptionalInt endOfText) {
    return new Packing(sequenceLength, () -> new ConcatPacker(sequenceLength, endOfText));
  }

  /**
   * One record, one sequence, without end-of-text. A record of fewer than 2 or more than {@code
   * sequenceLength} tokens is rejected.
   */
  public static Packing none(int sequenceLength) {
    return new Packing(sequenceLength, () -> new RecordPacker(sequenceLength));
  }

  Packer packer() {
    return packers.get();
  }
}
