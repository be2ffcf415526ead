package dev.titanic.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.TitanicRun;
import dev.titanic.job.Topics;
import dev.titanic.job.cluster.ClusterStatus.Part;
import dev.titanic.job.cluster.ClusterStatus.State;
import dev.titanic.job.config.ConfigFile;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.run.EmbeddedRun;
import dev.titanic.job.run.GoldenRun;
import dev.titanic.job.run.TrainingRuns;
import dev.titanic.schemas.kafka.Command;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One cluster for all: whatever the order of the tests, jobs run one after the other in the same
 * processes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClusterITCase {
  private static final List<String> CLIENTS = List.of("alice", "bob", "carol");
  private static final String SPARE = "dave";
  private static final ClusterRequest REQUEST =
      new ClusterRequest(CLIENTS, List.of(SPARE), 2, 64L << 20, null, null);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TOPIC = "titanic.data.alice";
  private static final int STEPS = 300;
  private static final String STEP = "{\"type\":\"step\"";
  private static final String CONFIG =
      """
      model: {path: %s}
      stages: 2
      clients:
        - id: alice
        - {id: bob, data: false}
        - {id: carol, data: false}
        %s
      placement: {fixed: {stage-1: bob, stage-2: carol}, spares: %d}
      training:
        mode: single
        stepsPerTurn: %d
        microBatches: 2
        microBatchSize: 2
        sequenceLength: 24
        packing: none
        learningRate: 1.0e-3
      checkpoint: {interval: 250ms}
      kafka: {bootstrapServers: '%s'}
      output: %s
      """;

  private Path root;
  private Path directory;
  private Cluster cluster;
  private Session session;
  private GoldenRun golden;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    root = temporary;
    directory = root.resolve("cluster");
    cluster = Cluster.up(directory, REQUEST);
    session = Session.on(cluster);
    golden = GoldenRun.of("llama");
    TrainingRuns.fill(cluster.status().kafka(), TOPIC, golden.records(STEPS / 3));
    JobConfig config = ConfigFile.read(config("embedded"));
    Topics.prepare(config, cluster.status().kafka());
    try (EmbeddedRun run = EmbeddedRun.start(TitanicRun.of(config), null)) {
      run.await();
    }
  }

  @AfterAll
  void stop() throws Exception {
    session.close();
    cluster.down();

    assertThat(cluster.status().parts()).allMatch(part -> part.state() == State.DOWN);
  }

  @Test
  void isCompleteAndServesKafka() throws Exception {
    ClusterStatus status = cluster.status();

    assertThat(status.isComplete()).isTrue();
    assertThat(status.parts())
        .extracting(Part::name)
        .containsExactly("kafka", "jobmanager", "server", "alice", "bob", "carol");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", status.kafka()))) {
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
    }
  }

  @Test
  void jobsOfTheCommandLineComputeTheBitsOfTheEmbeddedCluster() throws Exception {
    JobID job = session.runWithCommandLine(config("command-line"));

    assertFinishedLikeTheEmbeddedRun(job, "command-line");
  }

  @Test
  void jobsUploadedOverRestComputeTheBitsOfTheEmbeddedCluster() throws Exception {
    JobID job = session.runOverRest(config("rest"));

    assertFinishedLikeTheEmbeddedRun(job, "rest");
  }

  @Test
  void aKilledClientIsMissedAndItsJobGoesOnWhenItComesBack() throws Exception {
    JobID job = session.runWithCommandLine(config("killed"));
    assertThat(Poll.until(PATIENCE, () -> isInTheMiddle(job, "killed"))).isTrue();
    long bob = kill("bob");
    assertThat(steps("killed")).isLessThan(STEPS);
    assertThat(part("bob").state()).isEqualTo(State.DOWN);

    Cluster.in(directory).startClient("bob");

    assertThat(part("bob").state()).isEqualTo(State.UP);
    assertThat(part("bob").pid()).isNotEqualTo(bob);
    assertFinishedLikeTheEmbeddedRun(job, "killed");
    assertThat(session.checkpoints(job).getNumberRestoredCheckpoints()).isPositive();
  }

  @Test
  void aSpareTakesTheSeatOfAKilledClientAndNobodyIntervenes() throws Exception {
    JobID job = session.runWithCommandLine(configWithSpare("spare"));
    assertThat(Poll.until(PATIENCE, () -> steps("spare") > 0)).isTrue();
    TrainingRuns.order(cluster.status().kafka(), Command.of(Command.Action.PAUSE));
    Cluster.in(directory).startClient(SPARE);
    TrainingRuns.order(cluster.status().kafka(), Command.of(Command.Action.RESUME));
    assertThat(Poll.until(PATIENCE, () -> isInTheMiddle(job, "spare"))).isTrue();

    kill("bob");

    assertThat(steps("spare")).isLessThan(STEPS);
    assertFinishedLikeTheEmbeddedRun(job, "spare");
    assertThat(TrainingRuns.progress(output("spare").path()))
        .anyMatch(
            record ->
                record instanceof ProgressRecord.Placement placement
                    && placement.reason().equals("bob is gone, dave takes stage-1"));
    kill(SPARE); // the other tests count on a seat for each client
    Cluster.in(directory).startClient("bob");
  }

  @Test
  void startsNothingTwice() {
    assertThatExceptionOfType(ClusterException.class)
        .isThrownBy(() -> Cluster.up(directory, REQUEST))
        .withMessageContaining("already running");
    assertThatExceptionOfType(ClusterException.class)
        .isThrownBy(() -> cluster.startClient("alice"))
        .withMessage("the TaskManager of alice is already running");
    assertThatExceptionOfType(ClusterException.class)
        .isThrownBy(() -> cluster.startClient("mallory"))
        .withMessage(
            "'mallory' is not a client of this cluster; its clients are alice, bob, carol, dave");
  }

  /** Configuration of a run whose output directory has the name. */
  private Path config(String name) throws Exception {
    return config(name, "", 0);
  }

  private Path configWithSpare(String name) throws Exception {
    return config(name, "- {id: dave, data: false}", 1);
  }

  private Path config(String name, String another, int spares) throws Exception {
    return Files.writeString(
        root.resolve(name + ".yaml"),
        CONFIG.formatted(
            golden.model(), another, spares, STEPS, cluster.status().kafka(), output(name).path()));
  }

  private OutputDirectory output(String name) {
    return new OutputDirectory(root.resolve(name));
  }

  private void assertFinishedLikeTheEmbeddedRun(JobID job, String name) throws Exception {
    JobResult result = session.result(job);

    assertThat(result.getSerializedThrowable()).isEmpty();
    assertThat(result.isSuccess()).isTrue();
    assertThat(TrainingRuns.losses(output(name).path()))
        .hasSize(STEPS)
        .isEqualTo(TrainingRuns.losses(output("embedded").path()));
    assertThat(weights(name)).hasSameBinaryContentAs(weights("embedded"));
  }

  private Path weights(String name) {
    return output(name).model().resolve("model.safetensors");
  }

  private boolean isInTheMiddle(JobID job, String name) {
    return steps(name) > STEPS / 4 && session.checkpoints(job).getNumberCompletedCheckpoints() > 0;
  }

  /** Committed steps so far, while the run goes on. */
  private long steps(String name) {
    try (Stream<String> progress = Files.lines(output(name).progress())) {
      return progress.filter(line -> line.startsWith(STEP)).count();
    } catch (NoSuchFileException e) {
      return 0; // it has only been submitted
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends a TaskManager as kill -9 does, and returns its process id. */
  private long kill(String client) throws Exception {
    ProcessHandle process = ProcessHandle.of(part(client).pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().get(30, TimeUnit.SECONDS);
    return process.pid();
  }

  private Part part(String name) throws Exception {
    return cluster.status().parts().stream()
        .filter(part -> part.name().equals(name))
        .findAny()
        .orElseThrow();
  }
}
