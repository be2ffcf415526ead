package dev.titanic.data;

import org.jspecify.annotations.Nullable;

/** Makes sequences out of documents, for one step; may hold the beginning of the next sequence. */
interface Packer {

  /** Returns the next sequence of token ids; null when the topic does not hold all of it yet. */
  int @Nullable [] next(DocumentCursor documents);
}
