package dev.titanic.job.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.titanic.job.TitanicRun;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.PlacementConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.placement.Objective;
import dev.titanic.schemas.kafka.ClientProfile;
import dev.titanic.schemas.kafka.PlacementPlan;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that is slow loses its partition while the run goes on. */
@Timeout(180)
final class LivePlacementITCase {
  private static final String TOPIC = "titanic.data.alice";
  private static final int STEPS = 60;
  private static final int MICRO_BATCHES = 2;
  private static final Duration INTERVAL = Duration.ofMillis(1500);
  private static final Duration DELAY = Duration.ofMillis(100);
  private static final double SLOW_STEP_SECONDS = 2 * MICRO_BATCHES * DELAY.toMillis() / 1e3;

  @TempDir private static Path directory;

  @AutoClose private static EmbeddedBroker broker;
  private static JobConfig config;
  private static TrainedModel model;

  @BeforeAll
  static void train() throws Exception {
    broker = EmbeddedBroker.start();
    GoldenRun golden = GoldenRun.of("llama");
    TrainingRuns.fill(broker, TOPIC, golden.recordsFor(STEPS * MICRO_BATCHES));
    config =
        TrainingRuns.config(
            golden.model(),
            1,
            STEPS,
            MICRO_BATCHES,
            broker.bootstrapServers(),
            TOPIC,
            directory.resolve("live"));
    model = TrainingRuns.train(broker, live());
  }

  /** Stage 1 begins on bob, who is slow; carol has nothing to do. */
  private static JobConfig live() {
    return placed(
        new PlacementConfig(List.of("bob"), Map.of(), INTERVAL, Objective.STEP_TIME, 1, 1, 0.5, 0));
  }

  private static JobConfig placed(PlacementConfig placement) {
    ClientConfig bob = ClientConfig.host("bob");
    ClientConfig slow = new ClientConfig(bob.id(), bob.topic(), false, null, null, null, DELAY);
    return new JobConfig(
        config.model(),
        1,
        config.ownerBlocks(),
        List.of(config.owners().get(0), slow, ClientConfig.host("carol")),
        config.training(),
        placement,
        config.evaluation(),
        config.checkpoint(),
        config.kafka(),
        config.output());
  }

  @Test
  void thePartitionMovesOffTheSlowClientAtTheFirstSolveThatKnows() {
    List<PlacementPlan> decisions = decisions();

    assertThat(decisions).isNotEmpty();
    PlacementPlan move =
        decisions.stream()
            .filter(plan -> plan.decision() == PlacementPlan.Choice.MOVE)
            .findFirst()
            .orElseThrow();
    assertThat(decisions.indexOf(move)).isLessThanOrEqualTo(2); // first steps are uneven
    assertThat(move.assignment()).isEqualTo(Map.of("owner", "alice", "stage-1", "carol"));
    assertThat(move.epoch()).isEqualTo(1);
    assertThat(move.stepSeconds()).isGreaterThan(SLOW_STEP_SECONDS);
    assertThat(move.bestStepSeconds()).isLessThan(0.9 * move.stepSeconds());
    assertThat(move.bytesMoved()).isPositive();
    assertThat(move.reason()).matches("carol computes stage-1 [0-9.]+ times as fast as bob: .*");
    assertThat(decisions.subList(decisions.indexOf(move) + 1, decisions.size()))
        .allMatch(plan -> plan.decision() == PlacementPlan.Choice.STAY);
  }

  @Test
  void stepsAreFasterAfterwards() throws Exception {
    List<ProgressRecord> progress = TrainingRuns.progress(Path.of(config.output()));
    List<ProgressRecord.Placement> placements =
        progress.stream()
            .filter(ProgressRecord.Placement.class::isInstance)
            .map(ProgressRecord.Placement.class::cast)
            .toList();
    assertThat(placements)
        .extracting(
            ProgressRecord.Placement::epoch, placement -> placement.assignment().get("stage-1"))
        .containsExactly(tuple(0L, "bob"), tuple(1L, "carol"));
    long moved = placements.get(1).step();

    double before = medianSeconds(progress, 1, moved);
    double after = medianSeconds(progress, moved + 2, STEPS);

    assertThat(before).isGreaterThan(SLOW_STEP_SECONDS);
    assertThat(after).isLessThan(before / 2);
  }

  @Test
  void theModelIsThatOfARunThatNeverMoved() throws Exception {
    JobConfig still =
        placed(PlacementConfig.still(List.of("carol")))
            .withOutput(directory.resolve("still").toString());

    assertThat(model).isEqualTo(TrainingRuns.train(broker, still));
  }

  @Test
  void everyClientSaysWhatItOffers() {
    Map<String, List<ConsumerRecord<String, String>>> byClient =
        TopicContent.of(broker, TitanicRun.CLIENTS_TOPIC).stream()
            .collect(Collectors.groupingBy(ConsumerRecord::key));

    assertThat(byClient).containsOnlyKeys("alice", "bob", "carol");
    byClient.forEach(
        (client, records) -> {
          ClientProfile profile =
              ClientProfile.fromJson(records.get(records.size() - 1).value().getBytes(UTF_8));
          assertThat(profile.id()).isEqualTo(client);
          assertThat(profile.memoryBytes()).isPositive();
          assertThat(profile.flops()).isGreaterThan(1e8);
        });
  }

  @Test
  void noThreadIsLeft() throws Exception {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().matches("titanic-(placement|profile|watchdog).*")) {
        thread.join(Duration.ofSeconds(30).toMillis());
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  private static List<PlacementPlan> decisions() {
    return TopicContent.of(broker, TitanicRun.PLACEMENTS_TOPIC).stream()
        .map(record -> PlacementPlan.fromJson(record.value().getBytes(UTF_8)))
        .toList();
  }

  /** Of the steps from the first to the last, both included. */
  private static double medianSeconds(List<ProgressRecord> progress, long first, long last) {
    double[] seconds =
        progress.stream()
            .filter(ProgressRecord.Step.class::isInstance)
            .map(ProgressRecord.Step.class::cast)
            .filter(step -> step.step() >= first && step.step() <= last)
            .mapToDouble(ProgressRecord.Step::seconds)
            .sorted()
            .toArray();
    return seconds[seconds.length / 2];
  }
}
