package dev.titanic.coordinator;

import dev.titanic.protocol.CoordinatorProtocol;
import dev.titanic.schemas.kafka.Command;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands of the operator of the job: values of {@code titanic.commands}. */
final class Commands {
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  private Commands() {}

  /** Does what a command says; one that is not understood is reported and passed over. */
  static void apply(ControlRecord control, CoordinatorProtocol protocol) {
    String json = Objects.requireNonNullElse(control.value(), "");
    Command command;
    try {
      command = Command.fromJson(json.getBytes(StandardCharsets.UTF_8));
    } catch (UncheckedIOException e) {
      LOG.warn("a value of titanic.commands is no command; valid: {\"command\": \"stop\"}");
      return;
    }
    switch (command.command()) {
      case STOP -> protocol.stop();
    }
  }
}
