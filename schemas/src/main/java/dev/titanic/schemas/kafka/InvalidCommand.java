package dev.titanic.schemas.kafka;

/** A value of {@code titanic.commands} that is no command; the message is one line, for users. */
public final class InvalidCommand extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidCommand(String message) {
    super(message);
  }
}
