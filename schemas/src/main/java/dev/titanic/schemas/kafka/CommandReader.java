package dev.titanic.schemas.kafka;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.titanic.schemas.kafka.Command.Action;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads commands as their schema has them. Other records ignore what they do not know; a command
 * that is half understood would do something else than it says.
 */
final class CommandReader {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String COMMAND = "command";
  private static final String STAGES = "stages";

  private CommandReader() {}

  static Command read(byte[] json) throws InvalidCommand {
    JsonNode object = object(json);
    Action action = action(object.path(COMMAND));
    for (Iterator<String> fields = object.fieldNames(); fields.hasNext(); ) {
      String field = fields.next();
      boolean known = field.equals(COMMAND) || field.equals(STAGES) && action == Action.RE_PLACE;
      if (!known) {
        throw new InvalidCommand("%s has no field '%s'".formatted(action, field));
      }
    }
    return new Command(action, stages(object.get(STAGES)));
  }

  private static JsonNode object(byte[] json) throws InvalidCommand {
    try {
      JsonNode value = MAPPER.readTree(json);
      if (value != null && value.isObject()) {
        return value;
      }
    } catch (IOException notJson) {
      // told below: the parser's own words would quote what was sent
    }
    throw new InvalidCommand("not a JSON object; valid: {\"command\": \"stop\"}");
  }

  private static Action action(JsonNode word) throws InvalidCommand {
    for (Action action : Action.values()) {
      if (action.toString().equals(word.textValue())) {
        return action;
      }
    }
    throw new InvalidCommand(
        "no command %s; valid: %s"
            .formatted(
                word.isMissingNode() ? "at all" : word,
                Stream.of(Action.values()).map(Action::toString).collect(joining(", "))));
  }

  private static Map<String, String> stages(@Nullable JsonNode object) throws InvalidCommand {
    Map<String, String> stages = new LinkedHashMap<>();
    if (object == null) {
      return stages;
    }
    for (Map.Entry<String, JsonNode> stage : object.properties()) {
      if (!stage.getValue().isTextual()) {
        break;
      }
      stages.put(stage.getKey(), stage.getValue().textValue());
    }
    if (stages.isEmpty() || stages.size() < object.size()) {
      throw new InvalidCommand(
          "stages: %s; valid: {\"stage-1\": \"bob\"}, or leave it out".formatted(object));
    }
    return stages;
  }
}
