package dev.titanic.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.Cut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where stages begin when clients say what they have. */
final class ProfiledPlacementTest {
  private static final Path MODEL =
      Path.of("../operators/src/main/resources/dev/titanic/placement/simulation/llama-2-7b")
          .toAbsolutePath();

  @TempDir private Path directory;

  @Test
  void choosesTheClientsWithTheShortestStep() throws Exception {
    JobConfig config =
        read(
            "stages: 2",
            """
              - {id: alice, flops: 40t, bandwidth: 100m}
              - {id: far, data: false, flops: 80t, bandwidth: 1m}
              - {id: slow, data: false, flops: 1t, bandwidth: 100m}
              - {id: good, data: false, flops: 40t, bandwidth: 100m}
              - {id: better, data: false, flops: 80t, bandwidth: 100m}
            """);

    assertThat(config.placement().hosts()).containsExactlyInAnyOrder("good", "better");
  }

  @Test
  void keepsTheOrderOfTheFileAmongEqualClients() throws Exception {
    JobConfig config =
        read(
            "stages: 2",
            """
              - {id: alice, flops: 40t}
              - {id: zoe, data: false, flops: 40t}
              - {id: bob, data: false, flops: 40t}
            """);

    assertThat(config.placement().hosts()).containsExactly("zoe", "bob");
  }

  @Test
  void cutsForTheHostsThatWereChosen() throws Exception {
    JobConfig config =
        read(
            "stages: 2",
            """
              - {id: alice, flops: 40t}
              - {id: slow, data: false, flops: 1t}
              - {id: one, data: false, flops: 10t}
              - {id: two, data: false, flops: 21t}
            """);

    List<Integer> blocks = Partitioning.of(config).cut().blocksPerPartition();
    assertThat(config.placement().hosts()).containsExactlyInAnyOrder("one", "two");
    assertThat(blocks.get(1 + config.placement().hosts().indexOf("one"))).isEqualTo(10);
    assertThat(blocks.get(1 + config.placement().hosts().indexOf("two"))).isEqualTo(21);
  }

  @Test
  void leavesFixedStagesAndCountsOnTheCutThatSuitsTheHosts() throws Exception {
    JobConfig config =
        read(
            "stages: 2\nplacement: {fixed: {stage-1: slow}}",
            """
              - {id: alice, flops: 40t}
              - {id: slow, data: false, flops: 1t}
              - {id: bob, data: false, flops: 10t}
              - {id: carol, data: false, flops: 40t}
            """);

    // With even blocks, the step is as long as the slow one takes, on either.
    assertThat(config.placement().hosts()).containsExactly("slow", "carol");
  }

  @Test
  void findsClientsThatOnlyTogetherHaveTheMemory() throws Exception {
    JobConfig config =
        read(
            "stages: 2",
            """
              - {id: alice}
              - {id: tiny, data: false, memory: 1g}
              - {id: small, data: false, memory: 40g}
              - {id: large, data: false, memory: 90g}
            """);

    assertThat(config.placement().hosts()).containsExactly("small", "large");
    assertThat(Partitioning.of(config).problems()).isEmpty();
  }

  @Test
  void givesAClientSeveralStagesWhereThereAreTooFew() throws Exception {
    JobConfig config =
        read(
            "stages: 3",
            """
              - {id: alice, memory: 20g}
              - {id: bob, data: false, memory: 60g}
              - {id: carol, data: false, memory: 100g}
            """);

    assertThat(config.placement().hosts()).hasSize(3).contains("carol").doesNotContain("alice");
    assertThat(Partitioning.of(config).problems()).isEmpty();
    assertThat(Partitioning.of(config).cut()).isEqualTo(Cut.even(32, 1, 3));
  }

  @Test
  void saysInOneLineWhoLacksWhatWhereClientsAreTooFewAndTooSmall() {
    assertThatThrownBy(
            () ->
                read(
                    "stages: 3",
                    """
                      - {id: alice, memory: 20g}
                      - {id: bob, data: false, memory: 60g}
                      - {id: carol, data: false, memory: 8g}
                    """))
        .isInstanceOf(InvalidConfig.class)
        .extracting(e -> ((InvalidConfig) e).problems())
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .singleElement()
        .asString()
        .contains("titanic.yaml:2:1: stages: ", "bob", "lacks", "; valid: ");
  }

  private JobConfig read(String top, String clients) throws IOException, InvalidConfig {
    Path file = directory.resolve("titanic.yaml");
    Files.writeString(
        file,
        "model: {path: '%s'}\n%s\nclients:\n%straining: {microBatchSize: 1, sequenceLength: 64}\n"
            .formatted(MODEL, top, clients));
    return ConfigFile.read(file);
  }
}
