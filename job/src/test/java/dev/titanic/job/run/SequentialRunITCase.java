package dev.titanic.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.job.config.FirstPartition;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.TurnsConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Owners in turn train to the bits of one owner with all their documents in that order. */
@Timeout(300)
final class SequentialRunITCase {
  private static final int STEPS = 24;
  private static final int STEPS_UNDER_FAILURES = 96;
  private static final int FAILURES = 12;

  /** Documents that come only after the last failure, so that the run cannot end before it. */
  private static final int WITHHELD = 16;

  @TempDir private Path directory;

  @Test
  void ownersInTurnEqualOneOwnerWithAllDocuments() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      SequentialRuns runs = SequentialRuns.of(broker, STEPS, directory);
      TrainedModel whole = runs.trainWhole();
      assertThat(whole.losses()).hasSize(STEPS);

      assertThat(TrainingRuns.train(broker, runs.sequential(2, List.of("host"), 3)))
          .isEqualTo(whole);
      assertThat(TrainingRuns.train(broker, runs.sequential(4, List.of(), 1))).isEqualTo(whole);
      assertThat(TrainingRuns.train(broker, runs.inParts(2, List.of("owner-1"), 4, "0.25")))
          .isEqualTo(whole);
      JobConfig three = evaluated(runs.sequential(3, List.of("owner-1", "owner-2"), 2));
      assertThat(TrainingRuns.train(broker, three)).isEqualTo(whole);
      assertThat(TrainingRuns.progress(Path.of(three.output())))
          .filteredOn(ProgressRecord.Evaluation.class::isInstance)
          .extracting(SequentialRunITCase::describe)
          .containsExactly(
              "0: start",
              "4: turn 1 of owner-0",
              "8: turn 1 of owner-1",
              "12: turn 1 of owner-2",
              "16: turn 2 of owner-0",
              "20: turn 2 of owner-1",
              "24: turn 2 of owner-2");
    }
  }

  /** Three owners and as many partitions: nobody ever has two. */
  @Test
  void swapsEqualMigrations() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      SequentialRuns runs = SequentialRuns.of(broker, STEPS, directory);
      JobConfig swapping =
          runs.sequential(FirstPartition.SWAP, 3, List.of("owner-1", "owner-2"), 2, 0);

      TrainedModel swapped = TrainingRuns.train(broker, swapping);

      assertThat(swapped).isEqualTo(runs.trainWhole());
      assertThat(TrainingRuns.progress(Path.of(swapping.output())))
          .filteredOn(ProgressRecord.Placement.class::isInstance)
          .extracting(
              record -> List.copyOf(((ProgressRecord.Placement) record).assignment().values()))
          .containsExactly(
              List.of("owner-0", "owner-1", "owner-2"),
              List.of("owner-1", "owner-0", "owner-2"),
              List.of("owner-2", "owner-0", "owner-1"),
              List.of("owner-0", "owner-2", "owner-1"),
              List.of("owner-1", "owner-2", "owner-0"),
              List.of("owner-2", "owner-1", "owner-0"));
    }
  }

  @ParameterizedTest
  @CsvSource({"MIGRATE, owner-2, owner-0", "SWAP, owner-1, owner-2"})
  void failuresChangeNoBit(FirstPartition firstPartition, String first, String second)
      throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed of the failures: " + seed);
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      SequentialRuns runs = SequentialRuns.of(broker, STEPS_UNDER_FAILURES, directory);
      JobConfig config = runs.sequential(firstPartition, 3, List.of(first, second), 4, WITHHELD);
      List<byte[]> all = runs.documents();

      TrainedModel disturbed =
          TrainingRuns.trainUnder(
              new RandomFailures(config.stages(), FAILURES, seed),
              broker,
              config,
              all.subList(all.size() - WITHHELD, all.size()));

      assertThat(disturbed).as("seed %d", seed).isEqualTo(runs.trainWhole());
    }
  }

  /** Topics of 10 sequences, none, and 7; a step has four. */
  @ParameterizedTest(name = "turns of {0} epochs end after steps {1}")
  @CsvSource({"3, 8 14 22 28", "2.5, 7 12 18 22"})
  void epochsOverUnequalTopicsEndWithTheirDataWhateverFails(String epochs, String ends)
      throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed of the failures: " + seed);
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      SequentialRuns runs = SequentialRuns.of(broker, STEPS, directory);
      List<byte[]> documents = runs.documents();
      JobConfig config =
          TrainingRuns.shuffled(
              evaluated(
                  runs.sequential(
                      "epochs",
                      List.of(documents.subList(0, 10), List.of(), documents.subList(10, 17)),
                      List.of("owner-1"),
                      TurnsConfig.ofEpochs(2, new BigDecimal(epochs)))),
              4);

      TrainedModel undisturbed = TrainingRuns.train(broker, config);
      Iterator<String> end = List.of(ends.split(" ")).iterator();
      assertThat(TrainingRuns.progress(Path.of(config.output())))
          .filteredOn(ProgressRecord.Evaluation.class::isInstance)
          .extracting(SequentialRunITCase::describe)
          .containsExactly(
              "0: start",
              end.next() + ": turn 1 of owner-0",
              end.next() + ": turn 1 of owner-2",
              end.next() + ": turn 2 of owner-0",
              end.next() + ": turn 2 of owner-2");
      JobConfig disturbed = config.withOutput(directory.resolve("disturbed").toString());
      try (ProbedRun run = ProbedRun.start(disturbed, new RandomFailures(1, FAILURES, seed))) {
        run.await();
      }

      assertThat(TrainedModel.in(Path.of(disturbed.output())))
          .as("seed %d", seed)
          .isEqualTo(undisturbed);
    }
  }

  private static String describe(ProgressRecord evaluation) {
    return evaluation.step() + ": " + ((ProgressRecord.Evaluation) evaluation).after();
  }

  private JobConfig evaluated(JobConfig config) throws Exception {
    Path text = directory.resolve("public.txt");
    Files.writeString(text, "the quick brown fox jumps over the lazy dog. ".repeat(4));
    return SequentialRuns.evaluated(config, text);
  }
}
