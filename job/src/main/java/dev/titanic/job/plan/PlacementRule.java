package dev.titanic.job.plan;

/** Another way to choose hosts than that of the configuration. */
public enum PlacementRule {
  /** The shortest step that is found, whatever the configuration fixes. */
  SHORTEST,
  /** The paper's baseline. */
  GREEDY,
  /** Any clients that have the memory. */
  RANDOM
}
