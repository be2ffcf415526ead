package dev.titanic.placement;

/** What a placement is good at. */
public enum Objective {
  /** The predicted time of a step. */
  STEP_TIME,
  /** The paper's sum of affinities (section V), blind to the pipeline. */
  AFFINITY
}
