package dev.titanic.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.feedback.FeedbackChannels;
import dev.titanic.job.TitanicRun;
import dev.titanic.job.Topics;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A long run holds at its end what it held at its beginning. */
@Timeout(180)
final class LeakITCase {
  private static final String TOPIC = "titanic.data.alice";
  private static final int WARM_UP = 200;
  private static final int STEPS = 1_000;

  /** One leaked array in every step, in one partition, would be more. */
  private static final int IN_FLIGHT = (STEPS - WARM_UP) / 2;

  @TempDir private Path directory;

  @Test
  void aThousandStepsLeakNoNativeArrayAndNoChannel() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      GoldenRun golden = GoldenRun.of("llama");
      // The rest comes later: both counts are taken while the run waits, not within a step.
      TrainingRuns.fill(broker, TOPIC, golden.recordsFor(WARM_UP));
      JobConfig config =
          TrainingRuns.config(
              golden.model(), 1, STEPS + 1, 1, broker.bootstrapServers(), TOPIC, directory);
      Topics.prepare(config, broker.bootstrapServers());

      try (ProgressWatch progress = ProgressWatch.start(broker);
          EmbeddedRun run = EmbeddedRun.start(TitanicRun.of(config), null)) {
        progress.awaitStep(WARM_UP);
        long before = nativeArrays();
        int channels = FeedbackChannels.openChannels();
        TrainingRuns.append(broker, TOPIC, golden.recordsFor(STEPS - WARM_UP));
        progress.awaitStep(STEPS);

        assertThat(before).isPositive();
        assertThat(nativeArrays()).isLessThan(before + IN_FLIGHT);
        assertThat(FeedbackChannels.openChannels()).isEqualTo(channels);
        run.flink().cancel(run.job()).get();
        run.result().get();
      }
      assertThat(FeedbackChannels.openChannels()).isZero();
    }
  }

  /** The engine's Java objects, each of which holds a native one; its managers reach them. */
  private static long nativeArrays() throws Exception {
    return LiveObjects.of("ai.djl.pytorch.");
  }
}
