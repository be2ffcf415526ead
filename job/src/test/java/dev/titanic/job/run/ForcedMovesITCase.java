package dev.titanic.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.job.Topics;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.schemas.kafka.Command;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Wherever partitions move and whatever fails, the run ends with the bits of one that stood. */
@Timeout(300)
final class ForcedMovesITCase {
  private static final String FED = LlamaRuns.TOPIC + ".fed";
  private static final int STAGES = 2;
  private static final int STEPS = 200;
  private static final int STEPS_PER_MOVE = 10;
  private static final int FAILURES = 30;

  /** From one to the next: a swap, two chains through the owner, a move of one stage alone. */
  private static final List<Map<String, String>> PLACES =
      List.of(
          Map.of("stage-1", "host-2", "stage-2", "host-1"),
          Map.of("stage-1", "host-1", "stage-2", "alice"),
          Map.of("stage-1", "alice", "stage-2", "host-2"),
          Map.of("stage-1", "host-1", "stage-2", "host-2"));

  @TempDir private Path directory;

  @Test
  void aMoveEveryTenStepsUnderRandomFailuresChangesNoBit() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed of the failures: " + seed);
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      LlamaRuns runs = new LlamaRuns(broker, directory);
      List<byte[]> records = LlamaRuns.records(STEPS);
      TrainingRuns.fill(broker, LlamaRuns.TOPIC, records);
      TrainedModel expected = TrainingRuns.train(broker, runs.config(STAGES, STEPS, "still"));
      broker.createTopic(FED, 1);
      JobConfig moving = runs.config(FED, STAGES, STEPS, "moving");
      Topics.prepare(moving, broker.bootstrapServers());
      RandomFailures failures = new RandomFailures(STAGES, FAILURES, seed);

      try (ProgressWatch progress = ProgressWatch.start(broker);
          ProbedRun run = ProbedRun.start(moving, failures)) {
        for (int step = 0; step < STEPS; step += STEPS_PER_MOVE) {
          progress.awaitStep(step);
          move(broker, progress, PLACES.get(step / STEPS_PER_MOVE % PLACES.size()));
          if (step + STEPS_PER_MOVE == STEPS) {
            failures.awaitLast(); // there is data left, so the run cannot end before
          }
          TrainingRuns.append(broker, FED, recordsOf(step, records));
        }
        run.await();
      }

      Path output = Path.of(moving.output());
      assertThat(TrainingRuns.progress(output, ProgressRecord.Step.class))
          .extracting(ProgressRecord.Step::step)
          .isEqualTo(LongStream.rangeClosed(1, STEPS).boxed().toList());
      // Every move has happened; orders that a restart reads again one after the other are one.
      long moves = STEPS / STEPS_PER_MOVE;
      assertThat(epoch(output)).isBetween(moves / 2, moves);
      assertThat(TrainedModel.in(output)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static void move(
      EmbeddedBroker broker, ProgressWatch progress, Map<String, String> stages) throws Exception {
    TrainingRuns.order(broker.bootstrapServers(), new Command(Command.Action.RE_PLACE, stages));
    progress.awaitStages(stages);
  }

  private static List<byte[]> recordsOf(int step, List<byte[]> records) {
    int perStep = records.size() / STEPS;
    return records.subList(step * perStep, (step + STEPS_PER_MOVE) * perStep);
  }

  private static long epoch(Path output) throws Exception {
    return TrainingRuns.progress(output, ProgressRecord.Placement.class).stream()
        .mapToLong(ProgressRecord.Placement::epoch)
        .max()
        .orElseThrow();
  }
}
