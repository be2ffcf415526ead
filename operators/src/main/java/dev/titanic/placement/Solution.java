package dev.titanic.placement;

import java.util.List;

/**
 * Who hosts what.
 *
 * @param hosts client of each partition, the owner first
 * @param objective what the solver maximised or minimised, in its own unit
 * @param stepSeconds predicted time of a step, see {@link PipelineTime}
 * @param solveSeconds time that the solver took
 */
public record Solution(
    List<String> hosts, double objective, double stepSeconds, double solveSeconds) {
  public Solution {
    hosts = List.copyOf(hosts);
  }
}
