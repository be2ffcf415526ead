package dev.titanic.job.run;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.TitanicRun;
import dev.titanic.job.TitanicTopology;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.embedded.EmbeddedFlink;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;

/**
 * A run with a {@link Probe} around the project's own operators, which restarts at once, any number
 * of times. The graph is the one that a run submits; only its factories are wrapped.
 */
final class ProbedRun implements AutoCloseable {
  private final EmbeddedFlink flink;
  private final JobID job;

  private ProbedRun(EmbeddedFlink flink, JobID job) {
    this.flink = flink;
    this.job = job;
  }

  static ProbedRun start(JobConfig config, Probe probe) throws Exception {
    return start(config, probe, new Configuration());
  }

  /** With settings of Flink that replace the project's own. */
  static ProbedRun start(JobConfig config, Probe probe, Configuration replacing) throws Exception {
    ProbedOperatorFactory.use(probe);
    Configuration settings =
        EmbeddedFlink.settings(
            config.stages(),
            config.seated().size(),
            new OutputDirectory(Path.of(config.output())).checkpoints());
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    settings.addAll(replacing);
    EmbeddedFlink flink = EmbeddedFlink.start(settings, config.seated());
    try {
      StreamExecutionEnvironment environment =
          StreamExecutionEnvironment.getExecutionEnvironment(flink.configuration());
      TitanicTopology.build(environment, TitanicRun.of(config));
      return new ProbedRun(flink, flink.submit(probed(environment.getStreamGraph()).getJobGraph()));
    } catch (Exception e) {
      flink.close();
      throw e;
    }
  }

  private static StreamGraph probed(StreamGraph graph) {
    for (StreamNode node : graph.getStreamNodes()) {
      StreamOperatorFactory<?> factory = node.getOperatorFactory();
      if (factory instanceof OneInputStreamOperatorFactory<?, ?>
          && factory.getClass().getName().startsWith("dev.titanic.")) {
        node.setOperatorFactory(new ProbedOperatorFactory<>(node.getTransformationUID(), factory));
      }
    }
    return graph;
  }

  EmbeddedFlink flink() {
    return flink;
  }

  JobID job() {
    return job;
  }

  void await() throws Exception {
    JobResult result = flink.result(job).get();
    if (!result.isSuccess()) {
      throw FailedRun.of(result);
    }
  }

  @Override
  public void close() {
    flink.close();
    ProbedOperatorFactory.use(new Probe() {});
  }
}
