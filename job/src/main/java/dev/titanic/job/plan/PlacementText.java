package dev.titanic.job.plan;

import static dev.titanic.job.plan.Quantities.format;
import static dev.titanic.job.plan.Quantities.seconds;
import static dev.titanic.job.plan.Quantities.teraflops;

import dev.titanic.job.config.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Who gets what, and why, for a terminal. */
final class PlacementText {
  private static final String UNKNOWN = "?";

  private final Plan plan;

  private PlacementText(Plan plan) {
    this.plan = plan;
  }

  static String of(Plan plan) {
    PlacementText text = new PlacementText(plan);
    return text.partitions() + text.assumptions() + text.compared();
  }

  private String partitions() {
    Columns columns = new Columns(2);
    columns.row(
        "partition",
        "client",
        "memory",
        "available",
        "TFLOP/step",
        "compute s",
        "links s",
        "next best client");
    for (int partition = 0; partition < plan.partitions().size(); partition++) {
      List<String> cells = new ArrayList<>(client(plan.partitions().get(partition)));
      cells.addAll(
          plan.placement() == null
              ? List.of(UNKNOWN, UNKNOWN, UNKNOWN)
              : times(plan.placement(), partition));
      columns.row(cells.toArray(String[]::new));
    }
    return columns.toString();
  }

  private static List<String> client(PlannedPartition partition) {
    return List.of(
        partition.name(),
        partition.client(),
        Bytes.text(partition.memory().total()),
        partition.availableBytes() == null ? UNKNOWN : Bytes.text(partition.availableBytes()),
        teraflops(partition.flopsPerStep()));
  }

  private static List<String> times(PlannedPlacement placement, int partition) {
    PlannedHost host = placement.hosts().get(partition);
    PlannedChange nextBest = host.nextBest();
    return List.of(
        seconds(host.computeSeconds()),
        seconds(host.linkSeconds()),
        nextBest == null
            ? "-"
            : format(
                "%s %+.3f s", nextBest.change(), nextBest.stepSeconds() - placement.stepSeconds()));
  }

  private String assumptions() {
    StringBuilder lines = new StringBuilder();
    plan.assumptions().forEach(line -> lines.append(format("Assumed, %s%n", line)));
    return lines.toString();
  }

  private String compared() {
    PlannedPlacement placement = plan.placement();
    if (placement == null) {
      return format("No client has flops, so no times are predicted.%n");
    }
    Columns columns = new Columns(1);
    columns.row("placement", "predicted s/step");
    columns.row("this one", seconds(placement.stepSeconds()));
    for (ComparedPlacement compared : placement.compared()) {
      columns.row(describe(compared), seconds(compared.stepSeconds()));
    }
    return System.lineSeparator() + columns;
  }

  private static String describe(ComparedPlacement compared) {
    return switch (compared.rule()) {
      case SHORTEST -> "the shortest that was found, with nothing fixed";
      case GREEDY -> "greedy: the largest partition to the fastest network, and so on";
      case RANDOM ->
          format("random: mean of %d, deviation %.3f", compared.placements(), compared.deviation());
    };
  }
}
