package dev.titanic.job.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the stages are.
 *
 * @param hosts client id of every stage: stage k at index k - 1
 */
public record PlacementConfig(@JsonIgnore List<String> hosts) implements Serializable {
  public PlacementConfig {
    hosts = List.copyOf(hosts);
  }

  /** The same as the file says it: the client id of every stage by the stage's name. */
  @JsonProperty
  Map<String, String> fixed() {
    Map<String, String> fixed = new LinkedHashMap<>();
    for (int stage = 1; stage <= hosts.size(); stage++) {
      fixed.put(stageName(stage), hosts.get(stage - 1));
    }
    return fixed;
  }

  static String stageName(int stage) {
    return "stage-" + stage;
  }
}
