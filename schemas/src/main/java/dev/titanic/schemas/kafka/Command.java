package dev.titanic.schemas.kafka;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an operator asks of a running job: a value of {@code titanic.commands}.
 *
 * @param stages with {@link Action#RE_PLACE}: client that is to host a stage, by the stage's name
 *     ({@code "stage-1"}); empty with all others
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Command(Action command, Map<String, String> stages) {

  /** What can be asked; it waits for the open transaction to end. */
  public enum Action {
    /** End the run after the current step, with its model exported. */
    @JsonProperty("stop")
    STOP("stop"),
    /** Begin no more steps. */
    @JsonProperty("pause")
    PAUSE("pause"),
    /** Begin steps again. */
    @JsonProperty("resume")
    RESUME("resume"),
    /** Move stages to the clients that are named, or look for a better placement now. */
    @JsonProperty("re-place")
    RE_PLACE("re-place"),
    /** Write the model as it is now into the output directory, and go on. */
    @JsonProperty("export")
    EXPORT("export");

    private final String word;

    Action(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  public Command {
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    if (!stages.isEmpty() && command != Action.RE_PLACE) {
      throw new IllegalArgumentException(command + " takes no stages");
    }
  }

  public static Command of(Action command) {
    return new Command(command, Map.of());
  }

  public byte[] toJson() {
    return Json.write(this);
  }

  /**
   * Reads a command.
   *
   * @throws InvalidCommand when it is none, in one line that says what would be
   */
  public static Command fromJson(byte[] json) throws InvalidCommand {
    return CommandReader.read(json);
  }
}
