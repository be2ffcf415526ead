package dev.titanic.job.run;

import dev.titanic.job.TitanicRun;
import dev.titanic.job.TitanicTopology;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.embedded.EmbeddedFlink;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** An embedded cluster that restarts jobs at once, and job graphs for it. */
final class TestCluster {
  private TestCluster() {}

  static EmbeddedFlink start(JobConfig config, Path checkpoints) throws Exception {
    Configuration settings =
        EmbeddedFlink.settings(config.stages(), config.clients().size(), checkpoints);
    settings.setString("restart-strategy.type", "fixed-delay");
    settings.setString("restart-strategy.fixed-delay.attempts", "1000000");
    settings.setString("restart-strategy.fixed-delay.delay", "1 ms");
    settings.setString("execution.checkpointing.tolerable-failed-checkpoints", "1000000");
    return EmbeddedFlink.start(settings, config.clients().stream().map(c -> c.id()).toList());
  }

  static JobGraph graph(JobConfig config, EmbeddedFlink flink, @Nullable String savepoint) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(flink.configuration());
    TitanicTopology.build(environment, TitanicRun.of(config));
    JobGraph graph = environment.getStreamGraph().getJobGraph();
    if (savepoint != null) {
      graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
    }
    return graph;
  }
}
