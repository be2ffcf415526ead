package dev.titanic.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.job.TitanicRun;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.PlacementConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A savepoint is the whole run at one step. */
@Timeout(120)
final class SavepointITCase {
  private static final int STAGES = 2;
  private static final int STEPS = 100;

  @TempDir private Path directory;

  @AutoClose private EmbeddedBroker broker;
  private LlamaRuns runs;

  @BeforeEach
  void startBroker() throws Exception {
    broker = EmbeddedBroker.start();
    runs = new LlamaRuns(broker, directory);
    TrainingRuns.fill(broker, LlamaRuns.TOPIC, LlamaRuns.records(STEPS));
  }

  @Test
  void aResumedRunEndsWithTheBitsOfTheUndisturbedOne() throws Exception {
    JobConfig stopped = runs.config(STAGES, STEPS, "stopped");
    String savepoint = stopInTheMiddle(stopped);
    assertThat(TrainingRuns.losses(Path.of(stopped.output()))).hasSizeBetween(STEPS / 4, STEPS - 1);

    TrainingRuns.resume(stopped, savepoint);

    assertEndsLikeTheUndisturbedRun(stopped);
  }

  @Test
  void goesOnWithoutAClientThatWasTakenOut() throws Exception {
    JobConfig stopped = runs.config(STAGES, STEPS, "stopped");
    List<ClientConfig> two = stopped.clients().subList(0, 2);
    JobConfig without =
        TrainingRuns.on(two, PlacementConfig.still(List.of("host-1", "host-1")), stopped);

    TrainingRuns.resume(without, stopInTheMiddle(stopped));

    assertThat(lastPlacement(stopped).reason()).isEqualTo("host-2 is gone, alice takes stage-2");
    assertEndsLikeTheUndisturbedRun(stopped);
  }

  @Test
  void goesOnWithAClientThatWasAdded() throws Exception {
    JobConfig stopped = runs.config(STAGES, STEPS, "stopped");
    List<ClientConfig> four = new ArrayList<>(stopped.clients());
    four.add(ClientConfig.host("host-3"));

    TrainingRuns.resume(
        TrainingRuns.on(four, stopped.placement(), stopped), stopInTheMiddle(stopped));

    assertThat(lastPlacement(stopped).assignment())
        .containsEntry("stage-1", "host-1")
        .containsEntry("stage-2", "host-2");
    assertEndsLikeTheUndisturbedRun(stopped);
  }

  private void assertEndsLikeTheUndisturbedRun(JobConfig config) throws Exception {
    assertThat(TrainedModel.in(Path.of(config.output())))
        .isEqualTo(TrainingRuns.train(broker, runs.config(STAGES, STEPS, "undisturbed")));
  }

  private static ProgressRecord.Placement lastPlacement(JobConfig config) throws Exception {
    List<ProgressRecord.Placement> placements =
        TrainingRuns.progress(Path.of(config.output()), ProgressRecord.Placement.class);
    return placements.get(placements.size() - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {STAGES - 1, STAGES + 1})
  void refusesAnotherNumberOfStagesInOneLine(int stages) throws Exception {
    String savepoint = stopInTheMiddle(runs.config(STAGES, STEPS, "stopped"));

    try (EmbeddedRun resumed =
        EmbeddedRun.start(TitanicRun.of(runs.config(stages, STEPS, "other")), savepoint)) {
      assertThatThrownBy(resumed::await)
          .isInstanceOf(FailedRun.class)
          .hasMessage(
              "the run was saved with stages: %d, the configuration says %d; restore with the same",
              STAGES, stages);
    }
  }

  private String stopInTheMiddle(JobConfig config) throws Exception {
    return TrainingRuns.stop(broker, config, STEPS / 4, directory.resolve("savepoints"));
  }
}
