package dev.titanic.job.cli;

import dev.titanic.job.config.JobConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trains; returns when the run has ended. */
@FunctionalInterface
interface Training {
  /**
   * @param feeds documents that go into the owners' topics first
   * @param savepoint to go on from; null means from the model directory
   * @param display is told how it goes
   */
  void run(JobConfig config, List<Feed> feeds, @Nullable String savepoint, RunDisplay display)
      throws Exception;
}
