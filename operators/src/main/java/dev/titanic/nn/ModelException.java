package dev.titanic.nn;

/** A model that cannot be used. The message is one line: what, where, and what would be valid. */
public final class ModelException extends RuntimeException {
  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
