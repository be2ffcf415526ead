package dev.titanic.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.job.TitanicRun;
import dev.titanic.job.TitanicTopology;
import dev.titanic.job.config.AtOnceConfig;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.Mode;
import dev.titanic.job.config.PlacementConfig;
import dev.titanic.job.run.OwnersAtOnceRuns;
import dev.titanic.job.run.TrainingRuns;
import dev.titanic.nn.Cut;
import dev.titanic.placement.Objective;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A TaskManager with fewer buffers than the topology needs hangs the job without an error. */
final class TopologyBuffersTest {
  private final AnnouncedBuffers announced = new AnnouncedBuffers();

  @ParameterizedTest
  @CsvSource({"2, 3", "2, 4", "4, 5", "4, 7", "8, 16"})
  void columnsGetExactlyWhatFlinkAnnounces(int stages, int clients) {
    assertThat(announced.ofSlotWith(TaskManagerRole.CLIENT_RESOURCE, job(stages, clients)))
        .isEqualTo(NetworkMemory.buffersPerColumn(stages, clients));
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "8, 16"})
  void anAggregatorTakesTheSameOfEveryColumn(int stages, int clients) {
    assertThat(
            announced.ofSlotWith(
                TaskManagerRole.CLIENT_RESOURCE, job(atOnce(config(stages, clients)))))
        .isEqualTo(
            NetworkMemory.buffersPerColumn(stages, clients) + NetworkMemory.AGGREGATOR_EDGES);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 4", "1, 2", "1, 5"})
  void columnsWithoutAnEdgeForHeadGradientsGetEnough(int stages, int clients) {
    assertThat(announced.ofSlotWith(TaskManagerRole.CLIENT_RESOURCE, job(stages, clients)))
        .isEqualTo(NetworkMemory.buffersPerColumn(stages, clients) - 4L * clients - 16);
  }

  /** The server's TaskManager is given as much as a client's. */
  @ParameterizedTest
  @CsvSource({"0, 1", "0, 100", "2, 3", "8, 16"})
  void serverNeedsNoMoreThanItGets(int stages, int clients) {
    JobConfig taking = config(stages, clients);
    for (JobConfig config : List.of(taking, atOnce(taking))) {
      assertThat(announced.ofSlotWith(TaskManagerRole.SERVER_RESOURCE, job(config)))
          .isPositive()
          .isLessThanOrEqualTo(NetworkMemory.buffersPerTaskManager(stages, clients));
    }
  }

  private static JobConfig atOnce(JobConfig config) {
    return OwnersAtOnceRuns.inMode(Mode.FEDAVG, AtOnceConfig.IN_STEPS, config);
  }

  /** Which adds to the server what it takes, and to columns nothing. */
  @ParameterizedTest
  @CsvSource({"1, 2", "2, 3", "3, 4"})
  void aPlacementThatLivesIsTheServers(int stages, int clients) {
    JobConfig still = config(stages, clients);
    JobGraph live = job(live(still));

    assertThat(announced.ofSlotWith(TaskManagerRole.CLIENT_RESOURCE, live))
        .isEqualTo(announced.ofSlotWith(TaskManagerRole.CLIENT_RESOURCE, job(still)));
    assertThat(announced.ofSlotWith(TaskManagerRole.SERVER_RESOURCE, live))
        .isGreaterThan(announced.ofSlotWith(TaskManagerRole.SERVER_RESOURCE, job(still)))
        .isLessThanOrEqualTo(NetworkMemory.buffersPerColumn(stages, clients));
  }

  private static JobConfig live(JobConfig still) {
    return still.withPlacement(
        new PlacementConfig(
            still.placement().hosts(),
            Map.of(),
            Duration.ofSeconds(30),
            Objective.STEP_TIME,
            1,
            1,
            0.5,
            0));
  }

  private static JobGraph job(int stages, int clients) {
    return job(config(stages, clients));
  }

  private static JobGraph job(JobConfig config) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(FlinkSettings.load());
    int stages = config.stages();
    int blocks = stages + config.ownerBlocks();
    TitanicTopology.build(
        environment,
        new TitanicRun(
            config,
            new WeightlessModel(Cut.even(Math.max(blocks, 1), config.ownerBlocks(), stages))));
    return environment.getStreamGraph().getJobGraph();
  }

  /** All stages on one client: where they are does not change the graph. */
  private static JobConfig config(int stages, int clients) {
    JobConfig single =
        TrainingRuns.config(
            Path.of("model"), 0, 1, 1, "localhost:9092", "titanic.data.alice", Path.of("output"));
    List<ClientConfig> all =
        Stream.concat(
                single.clients().stream(),
                IntStream.range(1, clients).mapToObj(i -> ClientConfig.host("host-" + i)))
            .toList();
    return new JobConfig(
        single.model(),
        stages,
        stages == 0 ? 0 : 1,
        all,
        single.training(),
        PlacementConfig.still(Collections.nCopies(stages, "host-1")),
        single.evaluation(),
        single.checkpoint(),
        single.kafka(),
        single.output());
  }
}
