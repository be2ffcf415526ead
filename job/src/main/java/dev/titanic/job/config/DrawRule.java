package dev.titanic.job.config;

/** How many micro-batches each of several owners at once gives to a step. */
public enum DrawRule {
  /** In proportion to the data of their epochs, so that all come to its end together. */
  PROPORTIONAL,
  /** All the same number. */
  EQUAL
}
