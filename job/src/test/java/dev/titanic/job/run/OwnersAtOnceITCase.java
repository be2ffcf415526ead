package dev.titanic.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.feedback.FeedbackChannels;
import dev.titanic.job.Topics;
import dev.titanic.job.config.Aggregate;
import dev.titanic.job.config.AtOnceConfig;
import dev.titanic.job.config.DrawRule;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.Mode;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.schemas.edge.Work;
import dev.titanic.schemas.kafka.OwnerShare;
import dev.titanic.schemas.kafka.PartitionWork;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Owners that train at once, through Kafka and Flink. */
@Timeout(300)
final class OwnersAtOnceITCase {
  private static final int STEPS = 50;
  private static final int STEPS_UNDER_FAILURES = 40;
  private static final int FAILURES = 5;

  /** Records that come only after the last failure, so that the run cannot end before it. */
  private static final int WITHHELD = 16;

  private static EmbeddedBroker broker;

  @TempDir private Path directory;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @Test
  void summedGradientsTrainLikeOneOwnerOfAllData() throws Exception {
    OwnersAtOnceRuns runs = OwnersAtOnceRuns.of(broker, STEPS, directory);
    JobConfig config = runs.atOnce("sums", Mode.CONCURRENT, AtOnceConfig.IN_STEPS, 1, 2, 0);

    List<Double> concurrent = TrainingRuns.train(broker, config).losses();

    List<Double> centralized = TrainingRuns.train(broker, runs.centralized()).losses();
    assertThat(concurrent).hasSize(STEPS);
    for (int step = 0; step < STEPS; step++) {
      assertThat(concurrent.get(step))
          .as("loss of step %d", step)
          .isCloseTo(centralized.get(step), within(1e-5));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 8", "0.5, 4"})
  void ownersOfUnequalDataComeToItsEndTogether(BigDecimal epochs, int expected) throws Exception {
    OwnersAtOnceRuns runs = OwnersAtOnceRuns.of(broker, 4, directory);
    JobConfig config = runs.unequal("unequal-" + epochs, epochs);
    MeasuredSteps measured = new MeasuredSteps();
    Topics.prepare(config, broker.bootstrapServers());

    try (ProbedRun run = ProbedRun.start(config, measured)) {
      run.await();
    }

    List<ProgressRecord.Step> steps =
        TrainingRuns.progress(Path.of(config.output())).stream()
            .filter(ProgressRecord.Step.class::isInstance)
            .map(ProgressRecord.Step.class::cast)
            .toList();
    assertThat(steps).extracting(ProgressRecord.Step::tokens).containsOnly(6 * 2 * 24L);
    assertThat(steps).hasSize(expected).allSatisfy(OwnersAtOnceITCase::tellsOfEveryOwner);
    assertThat(measured.ofOwners())
        .hasSize(expected)
        .allSatisfy(OwnersAtOnceITCase::measuresTheWayOfEveryMicroBatch);
  }

  private static void measuresTheWayOfEveryMicroBatch(List<Work> owners) {
    assertThat(owners)
        .flatExtracting(work -> work.roundTripNanos().keySet())
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    assertThat(owners)
        .allSatisfy(
            work ->
                assertThat(work.residenceNanos())
                    .containsOnlyKeys(work.roundTripNanos().keySet().toArray(Integer[]::new)));
  }

  private static void tellsOfEveryOwner(ProgressRecord.Step step) {
    assertThat(step.owners())
        .extracting(OwnerShare::client, OwnerShare::microBatches, OwnerShare::tokens)
        .containsExactly(
            tuple("owner-0", 1, 2 * 24L),
            tuple("owner-1", 2, 4 * 24L),
            tuple("owner-2", 3, 6 * 24L));
    double lossSum =
        step.owners().stream().mapToDouble(owner -> owner.loss() * owner.targets()).sum();
    assertThat(lossSum / step.targets()).isCloseTo(step.loss(), within(1e-9));
    assertThat(step.partitions())
        .extracting(PartitionWork::name, PartitionWork::client)
        .containsExactly(
            tuple("owner", "owner-0"),
            tuple("owner", "owner-1"),
            tuple("owner", "owner-2"),
            tuple("stage-1", "owner-1"));
    assertThat(step.partitions())
        .allSatisfy(
            work -> {
              assertThat(work.forwardSeconds()).isPositive();
              assertThat(work.backwardSeconds()).isPositive();
              assertThat(work.bytesSent()).isPositive();
            });
  }

  @ParameterizedTest(name = "{0}, {1}, K={2}, masked: {3}")
  @CsvSource({
    "CONCURRENT, GRADIENTS, 2, true",
    "CONCURRENT, PARAMETERS, 1, false",
    "FEDAVG, PARAMETERS, 0, true"
  })
  void failuresChangeNoBit(Mode mode, Aggregate aggregate, int stages, boolean masked)
      throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed of the failures: " + seed);
    OwnersAtOnceRuns runs = OwnersAtOnceRuns.of(broker, STEPS_UNDER_FAILURES, directory);
    AtOnceConfig atOnce = new AtOnceConfig(aggregate, DrawRule.EQUAL, masked);
    String name = "failing-" + mode + "-" + aggregate;
    JobConfig disturbed = runs.atOnce(name, mode, atOnce, stages, 4, WITHHELD);
    Topics.prepare(disturbed, broker.bootstrapServers());
    RandomFailures failures = new RandomFailures(stages, FAILURES, seed).andTheAggregator();

    try (ProbedRun run = ProbedRun.start(disturbed, failures)) {
      failures.awaitLast();
      List<byte[]> own = runs.recordsOf(OwnersAtOnceRuns.OWNERS - 1);
      TrainingRuns.append(
          broker,
          disturbed.owners().get(OwnersAtOnceRuns.OWNERS - 1).topic(),
          own.subList(own.size() - WITHHELD, own.size()));
      run.await();
    }

    assertThat(FeedbackChannels.openChannels()).isZero();
    TrainedModel trained = TrainedModel.in(Path.of(disturbed.output()));
    assertThat(trained.losses()).hasSize(STEPS_UNDER_FAILURES);
    JobConfig undisturbed = disturbed.withOutput(directory.resolve("undisturbed").toString());
    assertThat(trained).as("seed %d", seed).isEqualTo(TrainingRuns.train(broker, undisturbed));
  }
}
