package dev.titanic.placement;

import java.util.List;

/**
 * What the placement makes of a situation: other hosts, or these.
 *
 * @param moves whether partitions are to move
 * @param hosts client of every partition from now on, the owner first
 * @param objective of the solver for the best hosts, in its own unit; 0 without an answer
 * @param stepSeconds predicted with the hosts that are
 * @param bestStepSeconds predicted with the best that the solver knows
 * @param solveSeconds time that the solver took
 * @param bytesMoved trained states that change their host
 * @param reason for people
 */
public record Decision(
    long epoch,
    long step,
    boolean moves,
    List<String> hosts,
    double objective,
    double stepSeconds,
    double bestStepSeconds,
    double solveSeconds,
    long bytesMoved,
    String reason) {
  public Decision {
    hosts = List.copyOf(hosts);
  }
}
