package dev.titanic.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.job.TitanicRun;
import dev.titanic.job.Topics;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kafka, Flink and the partitions together give what transformers and PyTorch give. */
final class GoldenRunITCase {
  private static final int STEPS = 6;
  private static final int MICRO_BATCHES = 2;

  @AutoClose private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedBroker.start();
  }

  @ParameterizedTest
  @CsvSource({
    "llama, 0", "llama, 1", "llama, 3",
    "llama-gqa, 0", "llama-gqa, 1", "llama-gqa, 2",
    "gpt2, 0", "gpt2, 1", "gpt2, 3",
    "opt, 0", "opt, 1", "opt, 3",
    "bloom, 3", "gpt-neox, 3", "mistral, 3",
    "qwen2, 3"
  })
  void followsTheGoldenLossTrace(String model, int stages, @TempDir Path directory)
      throws Exception {
    GoldenRun golden = GoldenRun.of(model);
    String topic = "titanic.data.%s-%d".formatted(model, stages);
    TrainingRuns.fill(broker, topic, golden.records(2));
    JobConfig config =
        TrainingRuns.config(
            golden.model(),
            stages,
            STEPS,
            MICRO_BATCHES,
            broker.bootstrapServers(),
            topic,
            directory);
    Topics.prepare(config, broker.bootstrapServers());

    try (EmbeddedRun run = EmbeddedRun.start(TitanicRun.of(config), null)) {
      run.await();
    }

    List<Double> losses = TrainingRuns.losses(directory);
    assertThat(losses).hasSize(STEPS);
    for (int step = 0; step < STEPS; step++) {
      assertThat(losses.get(step))
          .as("loss of step %d", step)
          .isCloseTo(golden.lossTrace().get(step), within(1e-5));
    }
    GoldenRun.Difference difference = golden.differenceAfter(directory.resolve("model"));
    assertThat(difference.maximum()).as(difference.parameter()).isLessThan(2e-4);
  }
}
