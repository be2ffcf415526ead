package dev.titanic.job.config;

/** How the owners train. */
public enum Mode {
  /** One owner; the model is cut over the clients. */
  SINGLE,
  /** Several owners, one after the other; the model is cut over the clients. */
  SEQUENTIAL,
  /** Several owners at the same time, each with a first partition of its own (case 3). */
  CONCURRENT,
  /** Several owners at the same time, each with the whole model, averaged after each round. */
  FEDAVG,
  /** One owner that holds the whole model: what every other mode is compared with. */
  CENTRALIZED;

  /** Whether more than one client may own data. */
  boolean takesSeveralOwners() {
    return switch (this) {
      case SEQUENTIAL, CONCURRENT, FEDAVG -> true;
      case SINGLE, CENTRALIZED -> false;
    };
  }

  /** Whether owners train at the same time. */
  boolean isAtOnce() {
    return switch (this) {
      case CONCURRENT, FEDAVG -> true;
      case SINGLE, SEQUENTIAL, CENTRALIZED -> false;
    };
  }

  /** Whether every owner holds the whole model. */
  boolean isWhole() {
    return switch (this) {
      case CENTRALIZED, FEDAVG -> true;
      case SINGLE, SEQUENTIAL, CONCURRENT -> false;
    };
  }
}
