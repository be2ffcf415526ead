package dev.titanic.nn.torch;

import dev.titanic.protocol.TokenBatch;

/** Checks tokens before the engine does, whose own error would name the token. */
final class Vocabulary {
  private Vocabulary() {}

  /**
   * @param size number of token ids
   */
  static void requireHolds(int size, TokenBatch batch) {
    for (long token : batch.inputs()) {
      if (token < 0 || token >= size) {
        throw new IllegalArgumentException("a token id is out of range: use 0 to " + (size - 1));
      }
    }
  }
}
