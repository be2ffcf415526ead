package dev.titanic.data;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an owner's data or tokenizer, in one line that may be shown to anybody: names,
 * positions and sizes, never content.
 */
public final class DataException extends RuntimeException {
  public DataException(String message) {
    this(message, null);
  }

  /** The cause must be free of content, too. */
  public DataException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
