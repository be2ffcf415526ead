package dev.titanic.job.cluster;

import java.net.URI;
import java.util.List;

/** What of a cluster is there. */
public record ClusterStatus(URI web, String kafka, List<Part> parts) {

  public ClusterStatus {
    parts = List.copyOf(parts);
  }

  /** Whether a part is there, as far as it can be. */
  public enum State {
    /** Its process runs; a TaskManager is also registered at the JobManager. */
    UP,
    /** The process of a TaskManager that is not, or no longer, registered. */
    NOT_REGISTERED,
    /** There is no process. */
    DOWN
  }

  /**
   * @param pid 0 when there is no process
   */
  public record Part(String name, State state, long pid) {}

  public boolean isComplete() {
    return parts.stream().allMatch(part -> part.state() == State.UP);
  }
}
