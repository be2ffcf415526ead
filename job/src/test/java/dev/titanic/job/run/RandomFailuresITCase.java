package dev.titanic.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.feedback.FeedbackChannels;
import dev.titanic.job.Topics;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.job.embedded.EmbeddedFlink;
import java.nio.file.Path;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails whenever: the run ends with the bits of a run that was not disturbed. */
final class RandomFailuresITCase {
  private static final int STAGES = 2;
  private static final int STEPS = 60;
  private static final int MICRO_BATCHES = 3;
  private static final int FAILURES = 100;
  private static final String TOPIC = "titanic.data.faults";

  private EmbeddedBroker broker;

  @TempDir private Path directory;

  @BeforeEach
  void fillTopic() throws Exception {
    broker = EmbeddedBroker.start();
    TrainingRuns.fill(broker, TOPIC, GoldenRun.of("llama").records(STEPS));
    Topics.prepare(config("any"), broker.bootstrapServers());
  }

  @AfterEach
  void stop() throws Exception {
    InjectedFaults.disable();
    broker.close();
  }

  @Test
  void endsWithTheSameBits() throws Exception {
    try (EmbeddedFlink flink = TestCluster.start(config("any"), directory.resolve("checkpoints"))) {
      train(flink, config("undisturbed"), false);
      long seed = System.nanoTime();
      for (int run = 0; InjectedFaults.injected() < FAILURES; run++) {
        InjectedFaults.enable(seed + run);
        train(flink, config("run-" + run), true);
        InjectedFaults.disable();

        assertSameBits("run " + run + " with seed " + (seed + run), "run-" + run);
      }
      assertThat(InjectedFaults.byCall()).containsOnlyKeys(InjectedFaults.Call.values());
      assertThat(InjectedFaults.operators()).hasSizeGreaterThanOrEqualTo(4);
    }
    assertThat(FeedbackChannels.openChannels()).isZero();
  }

  private void assertSameBits(String name, String output) throws Exception {
    assertThat(TrainingRuns.losses(directory.resolve(output)))
        .as(name)
        .isEqualTo(TrainingRuns.losses(directory.resolve("undisturbed")));
    assertThat(weights(output)).as(name).hasSameBinaryContentAs(weights("undisturbed"));
  }

  private Path weights(String output) {
    return directory.resolve(output).resolve("model/model.safetensors");
  }

  private static void train(EmbeddedFlink flink, JobConfig config, boolean disturbed)
      throws Exception {
    JobGraph graph = TestCluster.graph(config, flink, null);
    JobResult result = flink.result(flink.submit(disturbed ? FaultyGraph.of(graph) : graph)).get();
    if (!result.isSuccess()) {
      throw FailedRun.of(result);
    }
  }

  private JobConfig config(String output) throws Exception {
    return TrainingRuns.config(
        GoldenRun.of("llama").model(),
        STAGES,
        STEPS,
        MICRO_BATCHES,
        broker.bootstrapServers(),
        TOPIC,
        directory.resolve(output));
  }
}
