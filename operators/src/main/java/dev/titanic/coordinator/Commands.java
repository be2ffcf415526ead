package dev.titanic.coordinator;

import dev.titanic.protocol.CoordinatorProtocol;
import dev.titanic.protocol.RefusedOrder;
import dev.titanic.schemas.kafka.Command;
import dev.titanic.schemas.kafka.InvalidCommand;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands of the operator of the job: values of {@code titanic.commands}. */
final class Commands {
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  private Commands() {}

  /**
   * Does what a command says; one that cannot be done is reported and passed over.
   *
   * @param placementLives whether there is a placement to ask
   */
  static void apply(ControlRecord control, CoordinatorProtocol protocol, boolean placementLives) {
    String json = Objects.requireNonNullElse(control.value(), "");
    try {
      Command command = Command.fromJson(json.getBytes(StandardCharsets.UTF_8));
      LOG.info("titanic.commands: {}", command.command());
      apply(command, protocol, placementLives);
    } catch (InvalidCommand | RefusedOrder e) {
      LOG.warn("titanic.commands: passed over: {}", e.getMessage());
    }
  }

  private static void apply(Command command, CoordinatorProtocol protocol, boolean placementLives)
      throws RefusedOrder {
    switch (command.command()) {
      case STOP -> protocol.stop();
      case PAUSE -> protocol.pause();
      case RESUME -> protocol.resume();
      case EXPORT -> protocol.export();
      case RE_PLACE -> {
        if (!command.stages().isEmpty()) {
          protocol.move(command.stages());
        } else if (placementLives) {
          protocol.resolve();
        } else {
          throw new RefusedOrder(
              "re-place without stages: the placement of this run is switched off"
                  + " (placement.interval, placement.fixed); valid: with stages");
        }
      }
    }
  }
}
