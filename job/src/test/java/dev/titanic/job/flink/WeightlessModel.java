package dev.titanic.job.flink;

import dev.titanic.job.config.PartitionedModel;
import dev.titanic.nn.Cut;
import dev.titanic.placement.Demand;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A model of any number of partitions, without a directory. */
record WeightlessModel(Cut cut) implements PartitionedModel {

  @Override
  public List<Demand> demands() {
    return Stream.concat(
            Stream.of(Demand.owner(0, 0, 0, 0, 0)),
            IntStream.rangeClosed(1, cut.stages())
                .mapToObj(stage -> Demand.stage(stage, 0, 0, 0, 0)))
        .toList();
  }

  @Override
  public long boundaryBytes() {
    return 0;
  }

  @Override
  public List<String> problems() {
    return List.of();
  }
}
