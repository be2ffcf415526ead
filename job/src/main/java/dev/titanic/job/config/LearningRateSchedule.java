package dev.titanic.job.config;

/** How the learning rate goes on after the warm-up. */
public enum LearningRateSchedule {
  CONSTANT,
  /** Falls to zero in a straight line, at the last step. */
  LINEAR,
  /** Falls to zero along half a cosine, at the last step. */
  COSINE
}
