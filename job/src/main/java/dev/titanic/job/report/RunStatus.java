package dev.titanic.job.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.titanic.schemas.kafka.ProgressRecord;

/** How far a run is. */
enum RunStatus {
  /** It goes on, and the page will be written again. */
  @JsonProperty("running")
  RUNNING,
  /** No end is recorded: somewhere else it goes on, or it failed, or it was interrupted. */
  @JsonProperty("unfinished")
  UNFINISHED,
  @JsonProperty("finished")
  FINISHED,
  @JsonProperty("stopped")
  STOPPED,
  @JsonProperty("failed")
  FAILED;

  static RunStatus of(ProgressRecord.End end) {
    return switch (end.reason()) {
      case FINISHED -> FINISHED;
      case STOPPED -> STOPPED;
      case FAILED -> FAILED;
    };
  }
}
