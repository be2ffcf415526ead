package dev.titanic.job.config;

import static dev.titanic.job.config.Bounds.atLeast;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.titanic.placement.Objective;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the stages are, and when that changes.
 *
 * @param hosts client id of every stage at first: stage k at index k - 1
 * @param fixedHosts stages that stay where they are, with their client: the user's choice
 * @param interval between two looks at the placement; zero keeps it as it is at first
 * @param objective what a placement is chosen for
 * @param distanceWeight of transmission, in the paper's match distance
 * @param timeWeight of computing, in the paper's match distance
 * @param moveWeight how much of the stall that a move costs is held against it
 * @param spares clients that wait for a seat to become free
 */
public record PlacementConfig(
    @JsonIgnore List<String> hosts,
    @JsonIgnore Map<Integer, String> fixedHosts,
    Duration interval,
    Objective objective,
    double distanceWeight,
    double timeWeight,
    double moveWeight,
    int spares)
    implements Serializable {
  public PlacementConfig {
    hosts = List.copyOf(hosts);
    fixedHosts = Collections.unmodifiableMap(new TreeMap<>(fixedHosts));
    atLeast(0, interval.toMillis(), "interval in milliseconds");
    atLeast(0, spares, "spares");
    for (Map.Entry<Integer, String> fixed : fixedHosts.entrySet()) {
      int stage = fixed.getKey();
      if (stage < 1 || stage > hosts.size() || !hosts.get(stage - 1).equals(fixed.getValue())) {
        throw new IllegalArgumentException(
            "stage %d is fixed on %s, but the hosts are %s"
                .formatted(stage, fixed.getValue(), hosts));
      }
    }
  }

  /** Hosts that never change. */
  public static PlacementConfig still(List<String> hosts) {
    return still(hosts, 0);
  }

  /** Hosts that never change, unless one is lost and a spare takes its seat. */
  public static PlacementConfig still(List<String> hosts, int spares) {
    return new PlacementConfig(
        hosts, Map.of(), Duration.ZERO, Objective.STEP_TIME, 1, 1, 0.5, spares);
  }

  /** Whether partitions may move while the run goes on. */
  @JsonIgnore
  public boolean isLive() {
    return !interval.isZero() && fixedHosts.size() < hosts.size();
  }

  /** Client id of every stage that is fixed, by the stage's name, as the file says it. */
  @JsonProperty
  Map<String, String> fixed() {
    Map<String, String> fixed = new LinkedHashMap<>();
    fixedHosts.forEach((stage, host) -> fixed.put(stageName(stage), host));
    return fixed;
  }

  /** The others. */
  @JsonProperty
  Map<String, String> initial() {
    Map<String, String> initial = new LinkedHashMap<>();
    for (int stage = 1; stage <= hosts.size(); stage++) {
      if (!fixedHosts.containsKey(stage)) {
        initial.put(stageName(stage), hosts.get(stage - 1));
      }
    }
    return initial;
  }

  static String stageName(int stage) {
    return "stage-" + stage;
  }
}
