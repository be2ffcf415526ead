package dev.titanic.job.plan;

import java.util.List;

/**
 * Why partitions are where they are.
 *
 * @param stepSeconds predicted time of a step: what the placement minimises
 * @param hosts of the partitions, the owner first
 * @param compared other placements; without stages none
 */
public record PlannedPlacement(
    double stepSeconds, List<PlannedHost> hosts, List<ComparedPlacement> compared) {
  public PlannedPlacement {
    hosts = List.copyOf(hosts);
    compared = List.copyOf(compared);
  }
}
