package dev.titanic.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.Cut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AutomaticStagesTest {
  private static final Path MODEL =
      Path.of("../operators/src/main/resources/dev/titanic/placement/simulation/llama-2-7b")
          .toAbsolutePath();
  private static final String AUTO = "stages: auto\n";

  @TempDir private Path directory;

  @Test
  void selectsTheFastestClientsThatHaveTheMemory() throws Exception {
    JobConfig config =
        read(
            AUTO,
            """
              - {id: alice, flops: 10t}
              - {id: small, data: false, memory: 1g, flops: 100t}
              - {id: slow, data: false, memory: 200g, flops: 1t}
              - {id: fast, data: false, memory: 200g, flops: 40t}
              - {id: faster, data: false, memory: 200g, flops: 80t}
            """);

    assertThat(config.hosts()).containsExactly("alice", "fast", "faster");
    assertThat(Partitioning.of(config).cut()).isEqualTo(new Cut(List.of(1, 10, 21)));
  }

  @Test
  void isCutTheSameWayWhenTheResolvedConfigurationIsReadAgain() throws Exception {
    JobConfig config =
        read(
            AUTO,
            """
              - {id: alice, flops: 10t}
              - {id: bob, data: false, memory: 60g, flops: 30t}
              - {id: carol, data: false, memory: 100g, flops: 20t}
            """);
    ConfigFile.write(config, directory.resolve("run.yaml"));
    JobConfig again = ConfigFile.read(directory.resolve("run.yaml"));

    assertThat(again).isEqualTo(config);
    assertThat(Partitioning.of(again).cut()).isEqualTo(Partitioning.of(config).cut());
  }

  @Test
  void dealsEvenlyWithoutProfiles() throws Exception {
    JobConfig config =
        read(
            "stages: 2\n",
            "  - id: alice\n  - {id: bob, data: false}\n  - {id: carol, data: false}\n");

    assertThat(Partitioning.of(config).cut()).isEqualTo(Cut.even(32, 1, 2));
  }

  @Test
  void saysWhoLacksHowMuchWhenNothingFits() throws Exception {
    JobConfig config =
        read(
            AUTO,
            """
              - {id: alice, memory: 100g}
              - {id: bob, data: false, memory: 20g}
              - {id: carol, data: false, memory: 20g}
            """);

    assertThat(Partitioning.of(config).problems())
        .hasSize(2)
        .allSatisfy(
            problem ->
                assertThat(problem)
                    .contains(
                        "has 20.00 GiB of memory",
                        "more (weights",
                        "valid: more memory, more clients"))
        .anySatisfy(problem -> assertThat(problem).contains("bob", "stage-1 (blocks 1-16)"))
        .anySatisfy(problem -> assertThat(problem).contains("carol", "stage-2 (blocks 17-31)"));
  }

  @Test
  void ownersHostStagesBesideTheFirstPartition() throws Exception {
    JobConfig config =
        read(
            "sequential",
            AUTO,
            """
              - {id: alice, memory: 60g, flops: 40t}
              - {id: bob, memory: 60g, flops: 40t}
              - {id: carol, data: false, memory: 60g, flops: 40t}
            """);

    assertThat(config.hosts()).containsExactly("alice", "carol", "bob");
    assertThat(Partitioning.of(config).problems()).isEmpty();
    // In its turn, bob has embedding, head and a block, too.
    assertThat(Partitioning.of(config).cut()).isEqualTo(new Cut(List.of(1, 16, 15)));
  }

  @Test
  void everyOwnerNeedsRoomForTheFirstPartition() throws Exception {
    JobConfig config =
        read(
            "sequential",
            AUTO,
            """
              - {id: alice, memory: 60g}
              - {id: bob, memory: 1g}
              - {id: carol, data: false, memory: 200g}
            """);

    assertThat(Partitioning.of(config).problems())
        .singleElement()
        .asString()
        .contains("bob has 1.00 GiB of memory, the owner's partition");
  }

  @Test
  void ownersThatSwapHostWhatTheWeakestOfThemCan() throws Exception {
    JobConfig config =
        read(
            "sequential, firstPartition: swap",
            AUTO,
            """
              - {id: alice, memory: 30g, flops: 40t}
              - {id: bob, memory: 200g, flops: 40t}
              - {id: carol, data: false, memory: 80g, flops: 40t}
            """);

    assertThat(config.hosts()).containsExactly("alice", "carol", "bob");
    assertThat(Partitioning.of(config).problems()).isEmpty();
    // In bob's turn, alice hosts what bob does; for more blocks she has not the memory.
    assertThat(Partitioning.of(config).cut()).isEqualTo(new Cut(List.of(1, 22, 9)));
  }

  @Test
  void ownersAtOnceDoNotSwap() throws Exception {
    String clients =
        """
          - {id: alice, memory: 30g, flops: 40t}
          - {id: bob, memory: 200g, flops: 40t}
          - {id: carol, data: false, memory: 80g, flops: 40t}
        """;
    JobConfig migrating = read("concurrent, lora: {}", AUTO, clients);
    JobConfig swapping = read("concurrent, lora: {}, firstPartition: swap", AUTO, clients);

    assertThat(swapping.hosts()).isEqualTo(migrating.hosts());
    assertThat(Partitioning.of(swapping).cut()).isEqualTo(Partitioning.of(migrating).cut());
  }

  @Test
  void refusesFixedPlacement() {
    assertThatThrownBy(
            () ->
                read(
                    AUTO + "placement: {fixed: {stage-1: bob}}\n",
                    "  - id: alice\n  - {id: bob, data: false}\n"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("placement.fixed.stage-1: stages: auto chooses the hosts; valid:");
  }

  private JobConfig read(String top, String clients) throws IOException, InvalidConfig {
    return read("single", top, clients);
  }

  private JobConfig read(String mode, String top, String clients)
      throws IOException, InvalidConfig {
    Path file = directory.resolve("titanic.yaml");
    Files.writeString(
        file,
        """
        model: {path: '%s'}
        %s
        clients:
        %s
        training: {mode: %s, microBatchSize: 1, sequenceLength: 64}
        """
            .formatted(MODEL, top, clients, mode));
    return ConfigFile.read(file);
  }
}
