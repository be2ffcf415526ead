package dev.titanic.data;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Joins documents, an end-of-text token after each, and cuts them into sequences of equal length.
 */
final class ConcatPacker implements Packer {
  private final OptionalInt endOfText;
  private final int sequenceLength;
  private int[] sequence;
  private int filled;

  ConcatPacker(int sequenceLength, OptionalInt endOfText) {
    this.sequenceLength = sequenceLength;
    this.endOfText = endOfText;
    this.sequence = new int[sequenceLength];
  }

  @Override
  public int @Nullable [] next(DocumentCursor documents) {
    while (filled < sequenceLength) {
      int[] document = documents.document();
      if (document == null) {
        return null;
      }
      take(document, documents);
    }
    int[] full = sequence;
    sequence = new int[sequenceLength];
    filled = 0;
    return full;
  }

  private void take(int[] document, DocumentCursor documents) {
    int from = documents.tokenOffset();
    int count = Math.min(document.length - from, sequenceLength - filled);
    System.arraycopy(document, from, sequence, filled, count);
    filled += count;
    documents.use(count);
    if (from + count < document.length) {
      return;
    }
    if (endOfText.isEmpty()) {
      documents.advance();
    } else if (filled < sequenceLength) {
      sequence[filled++] = endOfText.getAsInt();
      documents.advance();
    }
    // Else the end of text begins the next sequence: the position stays behind the last token.
  }
}
