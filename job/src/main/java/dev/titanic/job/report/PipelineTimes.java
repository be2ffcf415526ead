package dev.titanic.job.report;

import static java.util.stream.Collectors.groupingBy;

import dev.titanic.schemas.kafka.PartitionWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Collects what steps take the partitions. */
final class PipelineTimes {
  private final Map<String, Partition> partitions = new LinkedHashMap<>();

  /** A partition, wherever it was; of several owners at once, each one's first partition. */
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
    Map<String, Long> counts =
        work.stream().collect(groupingBy(PartitionWork::name, Collectors.counting()));
    for (PartitionWork partition : work) {
      boolean several = counts.getOrDefault(partition.name(), 0L) > 1;
      String name = several ? partition.name() + " " + partition.client() : partition.name();
      partitions.computeIfAbsent(name, unknown -> new Partition()).add(step, partition);
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
