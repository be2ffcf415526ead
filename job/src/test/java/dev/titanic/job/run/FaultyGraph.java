package dev.titanic.job.run;

import dev.titanic.column.CellOperatorFactory;
import dev.titanic.coordinator.CoordinatorOperatorFactory;
import dev.titanic.feedback.FeedbackTailFactory;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.util.InstantiationUtil;

/** A job whose own operators are wrapped, so that {@link InjectedFaults} can fail them. */
final class FaultyGraph {
  private static final ClassLoader LOADER = FaultyGraph.class.getClassLoader();

  private FaultyGraph() {}

  static JobGraph of(JobGraph graph) throws IOException {
    for (JobVertex vertex : graph.getVertices()) {
      StreamConfig config = new StreamConfig(vertex.getConfiguration());
      wrap(config);
      Map<Integer, StreamConfig> chained =
          new HashMap<>(config.getTransitiveChainedTaskConfigs(LOADER));
      for (StreamConfig link : chained.values()) {
        wrap(link);
      }
      config.setAndSerializeTransitiveChainedTaskConfigs(chained);
    }
    return graph;
  }

  private static void wrap(StreamConfig config) throws IOException {
    StreamOperatorFactory<?> factory = config.getStreamOperatorFactory(LOADER);
    if (factory instanceof CellOperatorFactory
        || factory instanceof FeedbackTailFactory
        || factory instanceof CoordinatorOperatorFactory) {
      InstantiationUtil.writeObjectToConfig(
          new FaultyOperatorFactory<>(factory, config.getOperatorName()),
          config.getConfiguration(),
          StreamConfig.SERIALIZED_UDF);
    }
  }
}
