package dev.titanic.job.plan;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.titanic.job.config.ConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published sizes of Llama 2, as the paper partitions it. */
final class PlanTest {
  private static final Path MODELS =
      Path.of("../operators/src/main/resources/dev/titanic/placement/simulation")
          .toAbsolutePath()
          .normalize();

  private static final Path TEXTS = Path.of("src/test/resources/plan");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "llama-2-7b, 6738415616, 4, 6553600",
    "llama-2-13b, 13015864320, 6, 8192000",
    "llama-2-70b, 68976648192, 32, 13107200"
  })
  void followsThePapersArithmetic(String model, long parameters, int partitions, long boundaryBytes)
      throws Exception {
    Plan plan = plan(model, partitions, "");

    assertThat(plan.parameters()).isEqualTo(parameters);
    assertThat(plan.weightBytes()).isEqualTo(4 * parameters);
    assertThat(plan.boundaryBytes()).isEqualTo(boundaryBytes);
    assertThat(plan.partitions()).hasSize(partitions);
    assertThat(plan.partitions().stream().mapToLong(PlannedPartition::parameters).sum())
        .isEqualTo(parameters);
    assertThat(plan.partitions())
        .allSatisfy(
            partition ->
                assertThat(partition.memory().training())
                    .isEqualTo(3 * 4 * partition.trainableParameters()));
    // 2 x cut bytes x cuts, and 2 x model bytes x clients (section III-D).
    assertThat(plan.bytesPerStep()).isEqualTo(2 * boundaryBytes * partitions);
    assertThat(plan.fedavg().bytesPerRound()).isEqualTo(2 * plan.weightBytes() * partitions);
  }

  @Test
  void breaksEvenWhereThePaperDoes() throws Exception {
    assertThat(plan("llama-2-7b", 4, "").fedavg().breakEvenSteps()).isBetween(4000L, 4400L);
  }

  @Test
  void textHasEveryPartitionAndEdge() throws Exception {
    Plan plan = plan("llama-2-7b", 4, ", memory: 40g, flops: 40t, bandwidth: 50m");
    Path expected = TEXTS.resolve("llama-2-7b.txt");
    String text = PlanText.of(plan).replace(MODELS.toString(), "models");
    if (Boolean.getBoolean("titanic.write-documents")) {
      Files.writeString(expected, text);
    }

    assertThat(expected).content().isEqualTo(text);
  }

  @Test
  void namesClientsThatAreNotSelected() throws Exception {
    Path file = directory.resolve("titanic.yaml");
    Files.writeString(
        file,
        """
        model: {path: '%s/llama-2-7b'}
        stages: auto
        clients:
          - {id: alice, flops: 10t}
          - {id: bob, data: false, flops: 10t}
          - {id: carol, data: false, memory: 1g}
        """
            .formatted(MODELS));
    Plan plan = Plan.of(ConfigFile.read(file));

    assertThat(plan.notSelected()).containsExactly("carol");
    assertThat(PlanText.of(plan)).contains("Not selected: carol");
  }

  @Test
  void aStageComputesForAllOwnersAtOnceAndForNoneTwice() throws Exception {
    Plan inTurn = ofTwoOwners("sequential");
    Plan atOnce = ofTwoOwners("concurrent");

    double seconds = requireNonNull(inTurn.placement()).hosts().get(1).computeSeconds();
    assertThat(requireNonNull(atOnce.placement()).hosts().get(1).computeSeconds())
        .isCloseTo(2 * seconds, withPercentage(1e-6));
    assertThat(atOnce.partitions().get(1).secondsPerStep())
        .isCloseTo(2 * seconds, withPercentage(1e-6));
    assertThat(atOnce.bytesPerStep()).isEqualTo(2 * inTurn.bytesPerStep());
  }

  private Plan ofTwoOwners(String mode) throws Exception {
    Path file = directory.resolve("titanic.yaml");
    Files.writeString(
        file,
        """
        model: {path: '%s/llama-2-7b'}
        stages: 1
        clients:
          - {id: alice, flops: 40t}
          - {id: bob, flops: 40t}
          - {id: carol, data: false, flops: 10t}
        training: {mode: %s, lora: {}, microBatches: 8, microBatchSize: 1, stepsPerTurn: 1}
        placement: {fixed: {stage-1: carol}}
        """
            .formatted(MODELS, mode));
    return Plan.of(ConfigFile.read(file));
  }

  @Test
  void comparesWithOtherPlacements() throws Exception {
    Plan plan = unlike("placement: {fixed: {stage-1: slow, stage-2: bob}}");
    PlannedPlacement placement = requireNonNull(plan.placement());

    Map<PlacementRule, Double> seconds =
        placement.compared().stream()
            .collect(toMap(ComparedPlacement::rule, ComparedPlacement::stepSeconds));
    assertThat(seconds.get(PlacementRule.SHORTEST)).isLessThan(placement.stepSeconds());
    assertThat(seconds.get(PlacementRule.SHORTEST))
        .isLessThanOrEqualTo(seconds.get(PlacementRule.GREEDY));
    assertThat(seconds.get(PlacementRule.RANDOM))
        .isGreaterThan(seconds.get(PlacementRule.SHORTEST));
    PlannedChange nextBest = requireNonNull(placement.hosts().get(1).nextBest());
    assertThat(nextBest.change()).isEqualTo("carol");
    assertThat(nextBest.stepSeconds()).isLessThan(placement.stepSeconds());
  }

  @Test
  void comesOutShortestWithoutFixedStages() throws Exception {
    PlannedPlacement placement = requireNonNull(unlike("").placement());

    assertThat(placement.compared()).hasSize(3);
    assertThat(placement.compared())
        .allSatisfy(
            compared ->
                assertThat(compared.stepSeconds())
                    .isGreaterThanOrEqualTo(placement.stepSeconds() * (1 - 1e-9)));
  }

  @Test
  void predictsNoTimesWithoutFlops() throws Exception {
    Plan plan = plan("llama-2-7b", 4, ", memory: 40g");

    assertThat(plan.placement()).isNull();
    assertThat(PlanText.of(plan)).contains("No client has flops, so no times are predicted.");
    assertThat(plan.assumptions()).contains("bandwidth of all clients: sending costs nothing");
  }

  @Test
  void linesHaveAtMost100Characters() throws Exception {
    String text = PlanText.of(unlike(""));

    assertThat(text.replace(MODELS.toString(), "models").lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  private Plan unlike(String placement) throws Exception {
    Path file = directory.resolve("titanic.yaml");
    Files.writeString(
        file,
        """
        model: {path: '%s/llama-2-7b'}
        stages: 2
        clients:
          - {id: alice, flops: 40t, bandwidth: 50m}
          - {id: slow, data: false, flops: 2t, bandwidth: 10m}
          - {id: bob, data: false, flops: 40t, bandwidth: 50m}
          - {id: carol, data: false, flops: 60t, bandwidth: 20m}
        %s
        """
            .formatted(MODELS, placement));
    return Plan.of(ConfigFile.read(file));
  }

  private Plan plan(String model, int partitions, String profile) throws Exception {
    StringBuilder clients = new StringBuilder("  - {id: client-0%s}\n".formatted(profile));
    IntStream.range(1, partitions)
        .forEach(i -> clients.append("  - {id: client-%d, data: false%s}\n".formatted(i, profile)));
    Path file = directory.resolve("titanic.yaml");
    Files.writeString(
        file,
        """
        model: {path: '%s'}
        stages: %d
        clients:
        %straining: {microBatches: 1, microBatchSize: 4, sequenceLength: 100}
        """
            .formatted(MODELS.resolve(model), partitions - 1, clients));
    return Plan.of(ConfigFile.read(file));
  }
}
