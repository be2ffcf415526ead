package dev.titanic.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.job.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a model is cut changes no bit of it, whenever the garbage collector runs. */
final class BitIdentityITCase {
  private static final String TOPIC = "titanic.data.alice";
  private static final int STEPS = 50;
  private static final int MICRO_BATCHES = 4;

  /** About a step; collections without a pause would starve Kafka and Flink of the processor. */
  private static final long MILLIS_BETWEEN_COLLECTIONS = 40;

  @TempDir private Path directory;

  @Test
  void everyCutGivesTheSameLossesAndWeights() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      GoldenRun golden = GoldenRun.of("llama");
      TrainingRuns.fill(broker, TOPIC, golden.recordsFor(STEPS * MICRO_BATCHES));

      TrainedModel whole = train(broker, golden.model(), 0);

      assertThat(whole.losses()).hasSize(STEPS);
      assertThat(train(broker, golden.model(), 1)).isEqualTo(whole);
      assertThat(train(broker, golden.model(), 3)).isEqualTo(whole);
    }
  }

  /**
   * The partitions compute in this JVM and have a graph alive for most of a step: a collection
   * about once a step falls between some forward and its backward, and over 50 steps anywhere.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its executor
  private TrainedModel train(EmbeddedBroker broker, Path model, int stages) throws Exception {
    ScheduledExecutorService collector = Executors.newSingleThreadScheduledExecutor();
    collector.scheduleWithFixedDelay(
        System::gc, 0, MILLIS_BETWEEN_COLLECTIONS, TimeUnit.MILLISECONDS);
    try {
      return TrainingRuns.train(
          broker,
          TrainingRuns.config(
              model,
              stages,
              STEPS,
              MICRO_BATCHES,
              broker.bootstrapServers(),
              TOPIC,
              directory.resolve("stages-" + stages)));
    } finally {
      collector.shutdownNow();
    }
  }
}
