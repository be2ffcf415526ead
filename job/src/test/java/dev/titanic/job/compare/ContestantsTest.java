package dev.titanic.job.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.ConfigFile;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContestantsTest {
  private static final Path MODEL =
      Path.of("../operators/src/test/resources/hf/llama").toAbsolutePath().normalize();
  private static final String FOUR = "{id: a}, {id: b}, {id: c}, {id: d}";

  @TempDir private Path directory;

  @Test
  void areTheRowsOfTheTable() throws Exception {
    assertThat(Contestants.of(config(FOUR, 4, "lora: {}")))
        .extracting(Contestant::name)
        .containsExactly(
            "centralized",
            "FedAvg",
            "sequential, 4 owners",
            "sequential, 2 owners",
            "concurrent, gradients",
            "concurrent, parameters");
  }

  @Test
  void haveStepsOfAsManySequences() throws Exception {
    for (Contestant contestant : Contestants.of(config(FOUR, 4, "lora: {}"))) {
      assertThat(sequencesOfStep(contestant.config())).as(contestant.name()).isEqualTo(4 * 2);
    }
  }

  @Test
  void leaveStepsAsTheyAreWhereSequencesCannotBeDealtEvenly() throws Exception {
    JobConfig concurrent = named("concurrent, gradients", config(FOUR, 3, "lora: {}")).config();

    assertThat(concurrent.training().microBatches()).isEqualTo(3);
  }

  @Test
  void joinTheDocumentsOfPairsInTheOrderOfTheOwners() throws Exception {
    Contestant pairs = named("sequential, 2 owners", config(FOUR, 4, ""));

    assertThat(pairs.documents()).isEqualTo(Map.of("a", List.of("a", "b"), "c", List.of("c", "d")));
    assertThat(pairs.config().owners()).extracting(ClientConfig::id).containsExactly("a", "c");
  }

  @Test
  void refuseWhatTheConfigurationRefuses() throws Exception {
    JobConfig full = config(FOUR, 4, "");

    assertThat(Refusal.of(named("FedAvg", full).config()).orElseThrow())
        .startsWith("training.mode: fedavg without lora");
    assertThat(Refusal.of(named("sequential, 4 owners", full).config())).isEmpty();
  }

  @Test
  void maskWhatIsAggregatedAndNothingElse() throws Exception {
    JobConfig masked = config(FOUR, "concurrent", 4, "secureAggregation: true");

    for (Contestant contestant : Contestants.of(masked)) {
      assertThat(contestant.config().masks())
          .as(contestant.name())
          .isEqualTo(contestant.config().concurrency() != null);
      assertThat(Refusal.of(contestant.config())).as(contestant.name()).isEmpty();
    }
  }

  @Test
  void needSeveralOwners() throws Exception {
    JobConfig one = config("{id: a}, {id: b, data: false}", 4, "");

    assertThatThrownBy(() -> Contestants.of(one)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Of an owner on its own, or of owners whose gradients are one step's. */
  private static int sequencesOfStep(JobConfig config) {
    return (config.training().mode() == Mode.CONCURRENT ? config.owners().size() : 1)
        * config.training().microBatches()
        * config.training().microBatchSize();
  }

  private static Contestant named(String name, JobConfig config) {
    return Contestants.of(config).stream()
        .filter(contestant -> contestant.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private JobConfig config(String clients, int microBatches, String lora) throws Exception {
    return config(clients, "sequential", microBatches, lora);
  }

  private JobConfig config(String clients, String mode, int microBatches, String setting)
      throws Exception {
    Path file = directory.resolve("titanic.yaml");
    Files.writeString(
        file,
        """
        model: {path: %s}
        stages: 1
        clients: [%s]
        training:
          mode: %s
          epochsPerTurn: 1
          microBatches: %d
          microBatchSize: 2
          sequenceLength: 16
          %s
        output: out
        """
            .formatted(MODEL, clients, mode, microBatches, setting));
    return ConfigFile.read(file);
  }
}
