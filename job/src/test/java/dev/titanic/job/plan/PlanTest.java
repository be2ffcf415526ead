package dev.titanic.job.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.job.config.ConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published sizes of Llama 2, as the paper partitions it. */
final class PlanTest {
  private static final Path MODELS = Path.of("src/test/resources/plan").toAbsolutePath();

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
    Plan plan = plan("llama-2-7b", 4, ", memory: 40g, flops: 40t");
    Path expected = MODELS.resolve("llama-2-7b.txt");
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
