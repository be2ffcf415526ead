package dev.titanic.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanCommandTest {
  private static final Path MODEL =
      Path.of("../operators/src/main/resources/dev/titanic/placement/simulation/llama-2-7b")
          .toAbsolutePath();

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsJsonInBytes() throws IOException {
    assertThat(plan("64g", "--json")).isZero();

    JsonNode plan = new ObjectMapper().readTree(out.toString());
    assertThat(plan.path("parameters").asLong()).isEqualTo(6_738_415_616L);
    assertThat(plan.path("boundaryBytes").asLong()).isEqualTo(6_553_600);
    assertThat(plan.path("partitions")).hasSize(3);
    JsonNode stage = plan.path("partitions").path(1);
    assertThat(stage.path("name").asText()).isEqualTo("stage-1");
    assertThat(stage.path("holds").asText()).isEqualTo("blocks 1-16");
    assertThat(stage.path("client").asText()).isEqualTo("bob");
    assertThat(stage.path("availableBytes").asLong()).isEqualTo(64L << 30);
    assertThat(stage.path("memory").path("weights").asLong()).isGreaterThan(12L << 30);
    assertThat(plan.path("edges")).hasSize(3);
  }

  @Test
  void printsATableWithoutWeightsAndWithoutTokenizer() throws IOException {
    assertThat(plan("64g")).isZero();

    assertThat(out.toString())
        .contains("6,738,415,616 parameters", "stage-2", "blocks 17-31", "6.25 MiB");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void failsWithALineForEveryClientThatLacksMemory() throws IOException {
    assertThat(plan("8g")).isEqualTo(ExitCode.UNUSABLE);

    assertThat(out.toString()).contains("stage-2");
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("clients: bob"),
            line -> assertThat(line).startsWith("clients: carol"));
  }

  @Test
  void takesEitherAConfigurationOrASimulation() throws IOException {
    assertThat(execute("plan")).isEqualTo(ExitCode.UNUSABLE);
    assertThat(plan("64g", "--simulate")).isEqualTo(ExitCode.UNUSABLE);

    assertThat(err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("no CONFIG.yaml; valid: one, or --simulate"),
            line -> assertThat(line).contains("--simulate and CONFIG.yaml; valid: one of the two"));
  }

  private int plan(String memory, String... options) throws IOException {
    Path file = directory.resolve("titanic.yaml");
    Files.writeString(
        file,
        """
        model: {path: '%s'}
        stages: 2
        clients:
          - id: alice
          - {id: bob, data: false, memory: %s}
          - {id: carol, data: false, memory: %s}
        training: {microBatches: 1, microBatchSize: 4, sequenceLength: 100}
        """
            .formatted(MODEL, memory, memory));
    List<String> arguments = new ArrayList<>(List.of("plan", file.toString()));
    arguments.addAll(List.of(options));
    return execute(arguments.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    return Titanic.commandLine(List.of(new PlanCommand()))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
