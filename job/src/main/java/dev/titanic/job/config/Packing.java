package dev.titanic.job.config;

/** How documents become sequences. */
public enum Packing {
  /** Documents are joined by the end-of-text token and cut into full sequences. */
  CONCAT,
  /** One record is one sequence; shorter ones are padded. */
  NONE
}
