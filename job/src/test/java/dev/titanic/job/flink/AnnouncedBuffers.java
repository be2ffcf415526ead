package dev.titanic.job.flink;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.io.network.partition.ResultPartitionType;
import org.apache.flink.runtime.jobgraph.DistributionPattern;
import org.apache.flink.runtime.jobgraph.IntermediateDataSet;
import org.apache.flink.runtime.jobgraph.IntermediateDataSetID;
import org.apache.flink.runtime.jobgraph.JobEdge;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.shuffle.NettyShuffleMaster;
import org.apache.flink.runtime.shuffle.ShuffleMasterContextImpl;
import org.apache.flink.runtime.shuffle.TaskInputsOutputsDescriptor;

/**
 * Network buffers that Flink's JobManager asks of a TaskManager for one slot of a job: by Flink's
 * own formula, over the job's own graph.
 */
final class AnnouncedBuffers {
  private static final MemorySize SEGMENT = MemorySize.parse("32kb");

  private final NettyShuffleMaster shuffle;

  AnnouncedBuffers() {
    Configuration settings = FlinkSettings.load();
    settings.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, SEGMENT);
    shuffle =
        new NettyShuffleMaster(
            new ShuffleMasterContextImpl(
                settings,
                failure -> {
                  throw new IllegalStateException(failure);
                }));
  }

  /**
   * @param resource external resource that the slot is pinned by
   */
  long ofSlotWith(String resource, JobGraph job) {
    long bytes = 0;
    for (JobVertex vertex : job.getVertices()) {
      if (vertex
          .getSlotSharingGroup()
          .getResourceProfile()
          .getExtendedResources()
          .containsKey(resource)) {
        bytes += shuffle.computeShuffleMemorySizeForTask(inputsAndOutputs(vertex)).getBytes();
      }
    }
    return bytes / SEGMENT.getBytes();
  }

  private static TaskInputsOutputsDescriptor inputsAndOutputs(JobVertex vertex) {
    Map<IntermediateDataSetID, Integer> channels = new HashMap<>();
    Map<IntermediateDataSetID, Integer> gates = new HashMap<>();
    Map<IntermediateDataSetID, Integer> subpartitions = new HashMap<>();
    Map<IntermediateDataSetID, ResultPartitionType> inputTypes = new HashMap<>();
    Map<IntermediateDataSetID, ResultPartitionType> outputTypes = new HashMap<>();
    for (JobEdge edge : vertex.getInputs()) {
      IntermediateDataSet input = edge.getSource();
      channels.put(input.getId(), fanOut(edge, input.getProducer()));
      gates.merge(input.getId(), 1, Integer::sum);
      inputTypes.put(input.getId(), input.getResultType());
    }
    for (IntermediateDataSet output : vertex.getProducedDataSets()) {
      JobEdge edge = output.getConsumers().get(0); // they all have one parallelism
      subpartitions.put(output.getId(), fanOut(edge, edge.getTarget()));
      outputTypes.put(output.getId(), output.getResultType());
    }
    return TaskInputsOutputsDescriptor.from(
        vertex.getNumberOfInputs(), channels, gates, subpartitions, inputTypes, outputTypes);
  }

  /** Subtasks of the other end of an edge that one subtask is connected with. */
  private static int fanOut(JobEdge edge, JobVertex otherEnd) {
    return edge.getDistributionPattern() == DistributionPattern.ALL_TO_ALL
        ? otherEnd.getParallelism()
        : 1;
  }
}
