package dev.titanic.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails and whenever, the run ends with the bits of the undisturbed one. */
@Timeout(900)
final class RandomFailuresITCase {
  private static final int FAILURES = 100;
  private static final int STAGES = 2;
  private static final int STEPS = 400;

  /** Records that come only after the last failure, so that the run cannot end before it. */
  private static final int WITHHELD = 20;

  @TempDir private Path directory;

  @Test
  void hundredFailuresChangeNoBit() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed of the failures: " + seed);
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      LlamaRuns runs = new LlamaRuns(broker, directory);
      List<byte[]> records = LlamaRuns.records(STEPS);
      int early = records.size() - WITHHELD;
      TrainingRuns.fill(broker, LlamaRuns.TOPIC, records.subList(0, early));

      TrainedModel disturbed =
          TrainingRuns.trainUnder(
              new RandomFailures(STAGES, FAILURES, seed),
              broker,
              runs.config(STAGES, STEPS, "disturbed"),
              records.subList(early, records.size()));

      assertThat(TrainingRuns.progress(directory.resolve("disturbed"), ProgressRecord.Step.class))
          .extracting(ProgressRecord.Step::step)
          .isEqualTo(LongStream.rangeClosed(1, STEPS).boxed().toList());
      assertThat(disturbed)
          .as("seed %d", seed)
          .isEqualTo(TrainingRuns.train(broker, runs.config(STAGES, STEPS, "undisturbed")));
    }
  }
}
