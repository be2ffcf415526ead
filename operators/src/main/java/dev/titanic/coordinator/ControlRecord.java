package dev.titanic.coordinator;

import org.jspecify.annotations.Nullable;

/**
 * What the coordinator reads from Kafka: who may write to the topic decides what a record can do.
 *
 * @param kind by its topic
 * @param key null without one
 * @param value UTF-8; null without one
 */
public record ControlRecord(Kind kind, @Nullable String key, @Nullable String value) {

  /** What a topic is for. */
  public enum Kind {
    /** An order of the operator of the job: a value of {@code titanic.commands}. */
    COMMAND,
    /** What a client says of itself: a value of {@code titanic.clients}. */
    PROFILE
  }
}
