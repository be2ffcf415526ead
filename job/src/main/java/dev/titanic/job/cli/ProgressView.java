package dev.titanic.job.cli;

/** Where progress is shown. */
interface ProgressView extends AutoCloseable {

  /**
   * @param step committed steps so far
   */
  void step(long step, String details);

  /** A line that stays. */
  void line(String line);

  @Override
  void close();
}
