package dev.titanic.job.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.job.TitanicRun;
import dev.titanic.job.Topics;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.schemas.kafka.Command;
import dev.titanic.schemas.kafka.Command.Action;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator may ask of a running job. */
@Timeout(120)
final class CommandsITCase {
  private static final int STAGES = 2;
  private static final int STEPS = 300;

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
  void aPausedRunExportsAndGoesOnWithTheSameBits() throws Exception {
    JobConfig config = runs.config(STAGES, STEPS, "paused");
    Topics.prepare(config, broker.bootstrapServers());
    int paused;
    try (ProgressWatch progress = ProgressWatch.start(broker);
        EmbeddedRun run = EmbeddedRun.start(TitanicRun.of(config), null)) {
      progress.awaitStep(10);
      order(Action.PAUSE);
      sendWhatIsPassedOver();
      order(Action.EXPORT);
      progress.await(ProgressRecord.Export.class::isInstance);
      paused = losses(config).size();
      run.flink().checkpoint(run.job()).get();

      assertThat(losses(config)).hasSize(paused).hasSizeLessThan(STEPS);
      assertThat(TrainedModel.in(directory.resolve("paused")))
          .isEqualTo(TrainingRuns.train(broker, runs.config(STAGES, paused, "short")));
      order(Action.RESUME);
      run.await();
    }

    assertThat(TrainedModel.in(directory.resolve("paused")))
        .isEqualTo(TrainingRuns.train(broker, runs.config(STAGES, STEPS, "undisturbed")));
    assertThat(exports("paused")).containsExactly((long) paused, (long) STEPS);
    assertThat(end("paused")).isEqualTo(ProgressRecord.End.Reason.FINISHED);
  }

  @Test
  void aPauseOutlivesARestartAndEndsWithStop() throws Exception {
    JobConfig config = runs.config(STAGES, STEPS, "restarted");
    Topics.prepare(config, broker.bootstrapServers());
    int paused;
    try (ProgressWatch progress = ProgressWatch.start(broker);
        EmbeddedRun run = EmbeddedRun.start(TitanicRun.of(config), null)) {
      progress.awaitStep(10);
      order(Action.PAUSE);
      order(Action.EXPORT);
      progress.await(ProgressRecord.Export.class::isInstance);
      paused = losses(config).size();
      run.flink().checkpoint(run.job()).get();
      run.flink().stopClient("host-1").get();
      run.flink().startClient("host-1");
      progress.await(ProgressRecord.Placement.class::isInstance);
      run.flink().checkpoint(run.job()).get();

      assertThat(losses(config)).hasSize(paused);
      order(Action.STOP);
      run.await();
    }

    assertThat(losses(config)).hasSize(paused);
    assertThat(exports("restarted")).containsExactly((long) paused, (long) paused);
    assertThat(end("restarted")).isEqualTo(ProgressRecord.End.Reason.STOPPED);
  }

  private void order(Action action) throws Exception {
    TrainingRuns.order(broker.bootstrapServers(), Command.of(action));
  }

  /** None of them ends the run, or moves anything. */
  private void sendWhatIsPassedOver() throws Exception {
    List<byte[]> values =
        Stream.of(
                "no JSON",
                "{\"command\": \"halt\"}",
                "{\"command\": \"re-place\", \"stages\": {\"stage-1\": \"nobody\"}}",
                "{\"command\": \"re-place\", \"stages\": {\"stage-9\": \"host-1\"}}",
                "{\"command\": \"re-place\"}")
            .map(value -> value.getBytes(UTF_8))
            .toList();
    TrainingRuns.append(broker, TitanicRun.COMMANDS_TOPIC, values);
  }

  private static List<Double> losses(JobConfig config) throws Exception {
    return TrainingRuns.losses(Path.of(config.output()));
  }

  private List<Long> exports(String output) throws Exception {
    return TrainingRuns.progress(directory.resolve(output), ProgressRecord.Export.class).stream()
        .map(ProgressRecord::step)
        .toList();
  }

  /** Why the run says that it is over. */
  private ProgressRecord.End.Reason end(String output) throws Exception {
    List<ProgressRecord> progress = TrainingRuns.progress(directory.resolve(output));
    return ((ProgressRecord.End) progress.get(progress.size() - 1)).reason();
  }
}
