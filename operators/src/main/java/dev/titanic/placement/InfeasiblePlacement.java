package dev.titanic.placement;

/**
 * A problem without a placement. The message is one line: which partitions lack a host, and who
 * lacks how much for them.
 */
public final class InfeasiblePlacement extends Exception {
  private static final long serialVersionUID = 1;

  InfeasiblePlacement(String message) {
    super(message);
  }
}
