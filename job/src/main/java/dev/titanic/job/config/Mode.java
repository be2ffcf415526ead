package dev.titanic.job.config;

/** How the owners train. */
public enum Mode {
  /** One owner; the model is cut over the clients. */
  SINGLE,
  /** Several owners, one after the other; the model is cut over the clients. */
  SEQUENTIAL,
  /** One owner that holds the whole model: what every other mode is compared with. */
  CENTRALIZED;

  /** Whether more than one client may own data. */
  boolean takesSeveralOwners() {
    return switch (this) {
      case SEQUENTIAL -> true;
      case SINGLE, CENTRALIZED -> false;
    };
  }
}
