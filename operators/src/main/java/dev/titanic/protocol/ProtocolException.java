package dev.titanic.protocol;

/** A message that the protocol does not allow here. It always fails the job: state is in doubt. */
public final class ProtocolException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message);
  }
}
