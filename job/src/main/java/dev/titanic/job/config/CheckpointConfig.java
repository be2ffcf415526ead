package dev.titanic.job.config;

import static dev.titanic.job.config.Bounds.atLeast;

import java.io.Serializable;
import java.time.Duration;

/**
 * When the job is snapshot.
 *
 * @param interval between two checkpoints
 * @param timeout after which a checkpoint is given up; longer than the longest step or evaluation
 */
public record CheckpointConfig(Duration interval, Duration timeout) implements Serializable {
  public CheckpointConfig {
    atLeast(10, interval.toMillis(), "interval in milliseconds");
    atLeast(10, timeout.toMillis(), "timeout in milliseconds");
  }
}
