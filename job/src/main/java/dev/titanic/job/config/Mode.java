package dev.titanic.job.config;

/** How the owners train. */
public enum Mode {
  /** One owner; the model is cut over the clients. */
  SINGLE,
  /** One owner that holds the whole model: what every other mode is compared with. */
  CENTRALIZED
}
