package dev.titanic.job.config;

/** How the first partition comes to the owner whose turn it is. */
public enum FirstPartition {
  /** It moves there with its optimizer state, beside what that owner hosts (case 2b). */
  MIGRATE
}
