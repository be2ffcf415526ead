package dev.titanic.protocol;

/** Something was asked of the run that it cannot do; the message is one line, for users. */
public final class RefusedOrder extends Exception {
  private static final long serialVersionUID = 1L;

  public RefusedOrder(String message) {
    super(message);
  }
}
