package dev.titanic.job.run;

/** Watches or disturbs the operators of a {@link ProbedRun}; called by all their threads. */
interface Probe {

  /**
   * An operator is about to do something, or has just done it; what is thrown fails it.
   *
   * @param attempt number of restarts of the job before
   */
  default void reached(String operator, int attempt, Moment moment) {}

  /** A record came to an operator over an edge. */
  default void received(Object record) {}
}
