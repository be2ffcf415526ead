package dev.titanic.job.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.ConfigFile;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.Mode;
import java.math.BigDecimal;
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
  void spreadTheSamePassesOverRoundsOrOneTurn() throws Exception {
    List<Contestant> contestants = Contestants.of(config(FOUR, 4, "lora: {}\n  rounds: 3"));

    assertThat(contestants)
        .extracting(contestant -> contestant.config().training().turns().passes())
        .containsOnly(BigDecimal.valueOf(3));
    assertThat(contestants)
        .extracting(
            contestant ->
                contestant.name() + ": " + contestant.config().training().turns().rounds())
        .containsExactly(
            "centralized: 1",
            "FedAvg: 3",
            "sequential, 4 owners: 1",
            "sequential, 4 owners, 3 rounds: 3",
            "sequential, 2 owners: 1",
            "concurrent, gradients: 3",
            "concurrent, parameters: 3");
  }

  @Test
  void makeOnePassOfFractionsOfOne() throws Exception {
    Contestant centralized =
        named("centralized", config(FOUR, "sequential", 4, "0.125", "rounds: 8"));

    assertThat(centralized.config().training().turns().epochsPerTurn())
        .isEqualTo(BigDecimal.valueOf(1));
    assertThat(Refusal.of(centralized.config())).isEmpty();
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
  void giveTheFirstOfTwoOwnersMoreWhereTheyAreOdd() throws Exception {
    Contestant halves = named("sequential, 2 owners", config("{id: a}, {id: b}, {id: c}", 4, ""));

    assertThat(halves.documents()).isEqualTo(Map.of("a", List.of("a", "b"), "c", List.of("c")));
    assertThat(halves.joinsDocuments()).isTrue();
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
    JobConfig masked = config(FOUR, "concurrent", 4, "1", "secureAggregation: true");

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

  private JobConfig config(String clients, int microBatches, String more) throws Exception {
    return config(clients, "sequential", microBatches, "1", more);
  }

  private JobConfig config(
      String clients, String mode, int microBatches, String epochs, String more) throws Exception {
    Path file = directory.resolve("titanic.yaml");
    Files.writeString(
        file,
        """
        model: {path: %s}
        stages: 1
        clients: [%s]
        training:
          mode: %s
          epochsPerTurn: %s
          microBatches: %d
          microBatchSize: 2
          sequenceLength: 16
          %s
        output: out
        """
            .formatted(MODEL, clients, mode, epochs, microBatches, more));
    return ConfigFile.read(file);
  }
}
