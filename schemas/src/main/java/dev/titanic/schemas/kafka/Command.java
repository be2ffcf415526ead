package dev.titanic.schemas.kafka;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an operator asks of a running job: a value of {@code titanic.commands}. */
public record Command(Action command) {

  /** What can be asked; it waits for the open transaction to end. */
  public enum Action {
    /** End the run after the current step, with its model exported. */
    @JsonProperty("stop")
    STOP
  }

  public byte[] toJson() {
    return Json.write(this);
  }

  /** Reads a command; what is not one fails with an {@link java.io.UncheckedIOException}. */
  public static Command fromJson(byte[] json) {
    return Json.read(json, Command.class);
  }
}
