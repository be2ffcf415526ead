package dev.titanic.job.config;

import dev.titanic.nn.Cut;
import dev.titanic.placement.Demand;
import java.util.List;

/** The model of a run, cut: what is in its partitions, and what they need of their hosts. */
public interface PartitionedModel {

  Cut cut();

  /** The owner's partition, then the stages. */
  List<Demand> demands();

  /** Hidden state of one micro-batch; 0 when that is not known. */
  long boundaryBytes();

  /**
   * What does not fit: one line for each client that lacks memory for what it hosts, where its
   * profile says what it has.
   */
  List<String> problems();
}
