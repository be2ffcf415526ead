package dev.titanic.coordinator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.titanic.protocol.CoordinatorProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands of the operator of the job: values of {@code titanic.commands}. */
final class Commands {
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  private Commands() {}

  /** Does what a command says; one that is not understood is reported and passed over. */
  static void apply(String json, CoordinatorProtocol protocol) {
    try {
      JsonNode command = JSON.readTree(json).path("command");
      switch (command.asText()) {
        case "stop" -> protocol.stop();
        default -> LOG.warn("unknown command on titanic.commands; valid: stop");
      }
    } catch (JsonProcessingException e) {
      LOG.warn("a command on titanic.commands is not JSON; valid: {\"command\":\"stop\"}");
    }
  }
}
