package dev.titanic.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.feedback.FeedbackChannels;
import dev.titanic.job.TitanicRun;
import dev.titanic.job.Topics;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.runtime.clusterframework.ApplicationStatus;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cancelled run ends at once, whatever it waits for. */
@Timeout(120)
final class CancelITCase {
  private static final String TOPIC = "titanic.data.alice";
  private static final int MICRO_BATCHES = 2;

  @TempDir private Path directory;

  @AutoClose private EmbeddedBroker broker;
  private JobConfig config;

  @BeforeEach
  void startBroker() throws Exception {
    broker = EmbeddedBroker.start();
    broker.createTopic(TOPIC, 1);
    config =
        TrainingRuns.config(
            GoldenRun.of("llama").model(),
            2,
            10_000,
            MICRO_BATCHES,
            broker.bootstrapServers(),
            TOPIC,
            directory);
    Topics.prepare(config, broker.bootstrapServers());
  }

  @Test
  void whileTheTopicIsEmpty() throws Exception {
    cancelAfter(0);
  }

  @Test
  void betweenForwardAndBackward() throws Exception {
    TrainingRuns.append(broker, TOPIC, GoldenRun.of("llama").recordsFor(10_000 * MICRO_BATCHES));
    cancelAfter(20);
  }

  @Test
  void afterTheLastRecord() throws Exception {
    TrainingRuns.append(broker, TOPIC, GoldenRun.of("llama").recordsFor(20 * MICRO_BATCHES + 1));
    cancelAfter(20);
  }

  @Test
  void whileAClientIsMissing() throws Exception {
    try (ProgressWatch progress = ProgressWatch.start(broker);
        EmbeddedRun run = EmbeddedRun.start(TitanicRun.of(config), null)) {
      progress.awaitStep(0);
      run.flink().stopClient("host-2").get();
      cancel(run);
    }
  }

  private void cancelAfter(int steps) throws Exception {
    try (ProgressWatch progress = ProgressWatch.start(broker);
        EmbeddedRun run = EmbeddedRun.start(TitanicRun.of(config), null)) {
      progress.awaitStep(steps);
      cancel(run);
    }
  }

  private static void cancel(EmbeddedRun run) throws Exception {
    long start = System.nanoTime();
    run.flink().cancel(run.job()).get();
    JobResult result = run.result().get();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    assertThat(result.getApplicationStatus()).isEqualTo(ApplicationStatus.CANCELED);
    assertThat(FeedbackChannels.openChannels()).isZero();
  }
}
