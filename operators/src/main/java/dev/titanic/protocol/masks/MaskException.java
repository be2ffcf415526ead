package dev.titanic.protocol.masks;

/** Something that cannot be masked. Running the job again would not help. */
public final class MaskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MaskException(String message) {
    super(message);
  }

  public MaskException(String message, Throwable cause) {
    super(message, cause);
  }
}
