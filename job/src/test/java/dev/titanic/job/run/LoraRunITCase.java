package dev.titanic.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.PlacementConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.nn.Lora;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that train adapters only. */
@Timeout(120)
final class LoraRunITCase {
  private static final int GOLDEN_STEPS = 6;
  private static final int STEPS = 100;
  private static final int MICRO_BATCHES = 2;

  @AutoClose private static EmbeddedBroker broker;

  @TempDir private Path directory;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedBroker.start();
  }

  @ParameterizedTest
  @CsvSource({
    "llama, 0", "llama, 1", "llama, 3",
    "llama-gqa, 0", "llama-gqa, 1", "llama-gqa, 2",
    "gpt2, 0", "gpt2, 1", "gpt2, 3",
    "opt, 0", "opt, 1", "opt, 3"
  })
  void followTheGoldenLossTraceToTheGoldenAdapters(String model, int stages) throws Exception {
    GoldenRun golden = GoldenRun.of(model);
    String topic = "titanic.data.%s-%d".formatted(model, stages);
    TrainingRuns.fill(broker, topic, golden.records(2));
    JobConfig config =
        config(golden, stages, GOLDEN_STEPS, topic, golden.adapters("adapter-before").settings());

    TrainedModel trained = TrainingRuns.train(broker, config);

    assertThat(trained.losses()).hasSize(GOLDEN_STEPS);
    for (int step = 0; step < GOLDEN_STEPS; step++) {
      assertThat(trained.losses().get(step))
          .as("loss of step %d", step)
          .isCloseTo(golden.loraLossTrace().get(step), within(1e-5));
    }
    OutputDirectory output = new OutputDirectory(Path.of(config.output()));
    assertThat(golden.adapterDifferenceAfter(output.adapter())).isLessThan(1e-5);
    assertThat(output.model()).doesNotExist();
  }

  @Test
  void goOnFromASmallSavepointOnOtherClientsWithTheSameBits() throws Exception {
    GoldenRun golden = GoldenRun.of("llama");
    String topic = "titanic.data.savepoint";
    TrainingRuns.fill(broker, topic, golden.recordsFor(STEPS * MICRO_BATCHES));
    Lora lora = new Lora(2, 4, 0.1, List.of(), false, null);
    JobConfig stopped = config(golden, 2, STEPS, topic, lora);

    String savepoint =
        TrainingRuns.stop(broker, stopped, STEPS / 4, directory.resolve("savepoints"));
    assertThat(bytes(Path.of(URI.create(savepoint))))
        .isLessThan(Files.size(golden.model().resolve("model.safetensors")) / 2);
    TrainingRuns.resume(
        stopped.withPlacement(PlacementConfig.still(List.of("host-2", "host-1"))), savepoint);

    JobConfig undisturbed = stopped.withOutput(directory.resolve("undisturbed").toString());
    assertThat(TrainedModel.in(Path.of(stopped.output())))
        .isEqualTo(TrainingRuns.train(broker, undisturbed));
  }

  private JobConfig config(GoldenRun golden, int stages, int steps, String topic, Lora lora) {
    return TrainingRuns.config(
        golden.model(),
        stages,
        steps,
        MICRO_BATCHES,
        lora,
        broker.bootstrapServers(),
        topic,
        directory.resolve("out"));
  }

  private static long bytes(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }
}
