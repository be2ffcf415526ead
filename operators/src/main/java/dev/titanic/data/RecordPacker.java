package dev.titanic.data;

import org.jspecify.annotations.Nullable;

/** One record, one sequence. What has no target, or does not fit, is rejected. */
final class RecordPacker implements Packer {
  private final int sequenceLength;

  RecordPacker(int sequenceLength) {
    this.sequenceLength = sequenceLength;
  }

  @Override
  public int @Nullable [] next(DocumentCursor documents) {
    for (int[] document = documents.document(); document != null; document = documents.document()) {
      if (document.length > sequenceLength) {
        documents.reject(
            "%d tokens, longer than sequenceLength %d".formatted(document.length, sequenceLength));
      } else if (document.length < 2) {
        documents.reject("1 token, which leaves no target; valid is 2 to " + sequenceLength);
      } else {
        documents.advance();
        return document;
      }
    }
    return null;
  }
}
