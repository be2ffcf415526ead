package dev.titanic.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.feedback.FeedbackChannels;
import dev.titanic.job.Topics;
import dev.titanic.job.config.JobConfig;
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
  private static final String TOPIC = "titanic.data.alice";
  private static final int FAILURES = 100;
  private static final int STAGES = 2;
  private static final int STEPS = 400;
  private static final int MICRO_BATCHES = 2;

  /** Micro-batches that come only after the last failure, so that the run cannot end before it. */
  private static final int WITHHELD = 10;

  @TempDir private Path directory;

  @Test
  void hundredFailuresChangeNoBit() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed of the failures: " + seed);
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      List<byte[]> records = GoldenRun.of("llama").recordsFor(STEPS * MICRO_BATCHES);
      List<byte[]> first = records.subList(0, records.size() - 2 * WITHHELD);
      TrainingRuns.fill(broker, TOPIC, first);
      JobConfig disturbed = config(broker, "disturbed");
      Topics.prepare(disturbed, broker.bootstrapServers());
      RandomFailures failures = new RandomFailures(STAGES, FAILURES, seed);

      try (ProbedRun run = ProbedRun.start(disturbed, failures)) {
        failures.awaitLast();
        TrainingRuns.append(broker, TOPIC, records.subList(first.size(), records.size()));
        run.await();
      }

      assertThat(FeedbackChannels.openChannels()).isZero();
      assertThat(steps(disturbed)).isEqualTo(LongStream.rangeClosed(1, STEPS).boxed().toList());
      assertThat(TrainedModel.in(Path.of(disturbed.output())))
          .as("seed %d", seed)
          .isEqualTo(TrainingRuns.train(broker, config(broker, "undisturbed")));
    }
  }

  private JobConfig config(EmbeddedBroker broker, String output) throws Exception {
    return TrainingRuns.config(
        GoldenRun.of("llama").model(),
        STAGES,
        STEPS,
        MICRO_BATCHES,
        broker.bootstrapServers(),
        TOPIC,
        directory.resolve(output));
  }

  private static List<Long> steps(JobConfig config) throws Exception {
    return TrainingRuns.progress(Path.of(config.output())).stream()
        .filter(ProgressRecord.Step.class::isInstance)
        .map(ProgressRecord::step)
        .toList();
  }
}
