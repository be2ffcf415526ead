package dev.titanic.job.config;

/** How many micro-batches each of several owners at once gives to a step. */
public enum DrawRule {
  /** All the same number. */
  EQUAL
}
