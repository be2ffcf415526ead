package dev.titanic.job.report;

import dev.titanic.schemas.kafka.PartitionWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what steps take the partitions. */
final class PipelineTimes {
  private final Map<String, Partition> partitions = new LinkedHashMap<>();

  /** A partition, wherever it was. */
  private static final class Partition {
    final Map<String, PartitionTotals> totals = new LinkedHashMap<>();
    final Downsampling computing = new Downsampling();
    final Downsampling waiting = new Downsampling();

    void add(long step, PartitionWork work) {
      double seconds = work.forwardSeconds() + work.backwardSeconds();
      computing.add(step, seconds);
      if (seconds + work.waitingSeconds() > 0) {
        waiting.add(step, work.waitingSeconds() / (seconds + work.waitingSeconds()));
      }
      totals.merge(work.client(), ofOneStep(work), Partition::sum);
    }

    private static PartitionTotals ofOneStep(PartitionWork work) {
      return new PartitionTotals(
          work.name(),
          work.client(),
          1,
          work.forwardSeconds(),
          work.backwardSeconds(),
          work.waitingSeconds(),
          work.bytesSent());
    }

    private static PartitionTotals sum(PartitionTotals one, PartitionTotals other) {
      return new PartitionTotals(
          one.name(),
          one.client(),
          one.steps() + other.steps(),
          one.forwardSeconds() + other.forwardSeconds(),
          one.backwardSeconds() + other.backwardSeconds(),
          one.waitingSeconds() + other.waitingSeconds(),
          one.bytesSent() + other.bytesSent());
    }
  }

  void add(long step, List<PartitionWork> work) {
    for (PartitionWork partition : work) {
      partitions.computeIfAbsent(partition.name(), name -> new Partition()).add(step, partition);
    }
  }

  List<PartitionTotals> totals() {
    return partitions.values().stream()
        .flatMap(partition -> partition.totals.values().stream())
        .toList();
  }

  List<Curve> computing() {
    List<Curve> curves = new ArrayList<>();
    partitions.forEach((name, partition) -> curves.add(partition.computing.curve(name)));
    return curves;
  }

  List<Curve> waiting() {
    List<Curve> curves = new ArrayList<>();
    partitions.forEach((name, partition) -> curves.add(partition.waiting.curve(name)));
    return curves;
  }
}
