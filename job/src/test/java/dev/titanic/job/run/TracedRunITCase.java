package dev.titanic.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.Preflight;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.nn.graph.TracedDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models that PyTorch traced, of which nothing but their code is known, through Kafka and Flink.
 */
final class TracedRunITCase {
  private static final Path TRACED = Path.of("../operators/src/test/resources/traced");
  private static final String TOPIC = "titanic.data.alice";
  private static final int VOCABULARY = 97;
  private static final int STEPS = 6;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama"})
  void everyNumberOfStagesGivesTheSameBitsAndAnExportTrainsOn(String name) throws Exception {
    Path model = model(name);
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      TrainingRuns.fill(broker, TOPIC, records());

      TrainedModel whole = train(broker, model, 0, "whole");

      assertThat(whole.losses()).hasSize(STEPS);
      assertThat(whole.losses().get(STEPS - 1)).isLessThan(whole.losses().get(0));
      assertThat(train(broker, model, 1, "one")).isEqualTo(whole);
      assertThat(train(broker, model, 2, "two")).isEqualTo(whole);

      Path exported = new OutputDirectory(directory.resolve("two")).model();
      assertThat(TracedDirectory.open(exported).weights())
          .isEqualTo(TracedDirectory.open(model).weights());
      TrainedModel further = train(broker, exported, 1, "further");
      assertThat(further.losses().get(0)).isLessThan(whole.losses().get(0));
    }
  }

  private Path model(String name) throws Exception {
    Path model = Files.createDirectory(directory.resolve("model"));
    Files.copy(TRACED.resolve(name + ".pt"), model.resolve("model.pt"));
    Files.writeString(
        model.resolve("config.json"),
        """
        {"model_type": "torchscript", "vocab_size": %d, "max_position_embeddings": 32}
        """
            .formatted(VOCABULARY));
    return model;
  }

  /** Sequences that a model can learn: counting, from some token on. */
  private static List<byte[]> records() {
    Random random = new Random(7);
    List<byte[]> records = new ArrayList<>();
    for (int record = 0; record < 4 * STEPS; record++) {
      int first = random.nextInt(VOCABULARY);
      int[] tokens = new int[24];
      Arrays.setAll(tokens, i -> (first + i) % VOCABULARY);
      records.add(
          ("{\"tokens\": " + Arrays.toString(tokens) + "}").getBytes(StandardCharsets.UTF_8));
    }
    return records;
  }

  private TrainedModel train(EmbeddedBroker broker, Path model, int stages, String output)
      throws Exception {
    JobConfig config =
        TrainingRuns.config(
            model, stages, STEPS, 2, broker.bootstrapServers(), TOPIC, directory.resolve(output));
    Preflight.check(config);
    return TrainingRuns.train(broker, config);
  }
}
