package dev.titanic.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.job.config.ConfigFile;
import dev.titanic.job.config.InvalidConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreflightTest {
  private static final Path MODEL = Path.of("src/demo/base-model").toAbsolutePath();

  @TempDir private Path directory;

  @Test
  void refusesAPlanThatDoesNotFitAClientsMemory() {
    // A block with its gradients, moments and activations takes more than 10 MB.
    assertThatThrownBy(() -> check("1m"))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .contains("bob has 1.00 MiB of memory")
                    .contains("valid: more memory"));
  }

  @Test
  void acceptsAPlanThatFits() {
    assertThatCode(() -> check("1g")).doesNotThrowAnyException();
  }

  @Test
  void countsTheMicroBatchesOfOwnersAtOnceInTheStagesThatTheyShare() throws Exception {
    assertThatCode(() -> checkOwners("sequential")).doesNotThrowAnyException();

    assertThatThrownBy(() -> checkOwners("concurrent"))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .contains("dave has 75.00 MiB of memory, stage-1"));
  }

  @Test
  void refusesTargetsThatTheModelDoesNotHave() {
    assertThatThrownBy(() -> check("1g", "lora: {targets: [c_attn]}"))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "training.lora: targets: c_attn: matches no linear layer of the model: use"
                            + " q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj,"
                            + " lm_head, or only all-linear"));
  }

  @Test
  void refusesAdaptersOfAnotherModel() {
    Path adapter = Path.of("../operators/src/test/resources/hf/llama/adapter-before");
    assertThatThrownBy(
            () -> check("1g", "lora: {initial: '%s'}".formatted(adapter.toAbsolutePath())))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .startsWith("training.lora: ")
                    .contains("lora_A.weight: shape [4, 48]: the model needs [4, "));
  }

  @Test
  void needsLessMemoryForAdapters() {
    assertThatThrownBy(() -> check("12m")).isInstanceOf(InvalidConfig.class);
    assertThatCode(() -> check("12m", "lora: {}")).doesNotThrowAnyException();
  }

  @Test
  void refusesWhatATracedModelCannotDo() throws IOException {
    Path traced = Files.createDirectory(directory.resolve("traced"));
    Files.copy(
        Path.of("../operators/src/test/resources/traced/gpt2.pt"), traced.resolve("model.pt"));
    Files.writeString(
        traced.resolve("config.json"),
        "{\"model_type\": \"torchscript\", \"vocab_size\": 97, \"max_position_embeddings\": 32}");
    assertThatThrownBy(() -> check(traced, "1g", "sequenceLength: 64"))
        .hasMessageEndingWith(
            "titanic.yaml:7:43: training.sequenceLength: 64 is longer than the model's longest"
                + " sequence; valid: 2 to 32");
    assertThatThrownBy(() -> check(traced, "1g", "sequenceLength: 32, lora: {}"))
        .hasMessage(
            "training.lora: the layers of a traced model are not known by name: leave it out");
    assertThatCode(() -> check(traced, "1g", "sequenceLength: 32")).doesNotThrowAnyException();
    assertThatThrownBy(() -> check(traced, "16k", "sequenceLength: 32"))
        .hasMessageContaining("bob has 16.00 KiB of memory, its partitions need at least");
  }

  @Test
  void aggregatesAdaptersOfTheHeadUnderMasks() throws IOException {
    Path file = adaptersOfTheHead(true);

    assertThatCode(() -> Preflight.check(ConfigFile.read(file))).doesNotThrowAnyException();
  }

  private Path adaptersOfTheHead(boolean masked) throws IOException {
    return Files.writeString(
        directory.resolve("titanic.yaml"),
        """
        model: {path: '%s'}
        clients: [{id: alice}, {id: bob}]
        training: {mode: fedavg, lora: {targets: [q_proj, lm_head]}, secureAggregation: %s}
        """
            .formatted(MODEL, masked));
  }

  @Test
  void refusesToAggregateAdaptersOfTheHead() throws IOException {
    Path file = adaptersOfTheHead(false);

    assertThatThrownBy(() -> Preflight.check(ConfigFile.read(file)))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .startsWith("training.lora.targets: ")
                    .contains("would show the server the tokens of an owner; valid: "));
  }

  /** Three owners; the host of the stage has room for two micro-batches, not for four. */
  private void checkOwners(String mode) throws IOException, InvalidConfig {
    Path file = directory.resolve("titanic.yaml");
    Files.writeString(
        file,
        """
        model: {path: '%s'}
        stages: 1
        clients: [{id: alice}, {id: bob}, {id: carol}, {id: dave, data: false, memory: 75m}]
        placement: {fixed: {stage-1: dave}}
        training: {mode: %s, stepsPerTurn: 1, microBatchSize: 4, sequenceLength: 128, lora: {}}
        """
            .formatted(MODEL, mode));
    Preflight.check(ConfigFile.read(file));
  }

  private void check(String memory) throws IOException, InvalidConfig {
    check(memory, "");
  }

  private void check(String memory, String training) throws IOException, InvalidConfig {
    check(MODEL, memory, training);
  }

  private void check(Path model, String memory, String training) throws IOException, InvalidConfig {
    Path file = directory.resolve("titanic.yaml");
    Files.writeString(
        file,
        """
        model: {path: '%s'}
        stages: 2
        clients:
          - id: alice
          - {id: bob, data: false, memory: %s}
          - {id: carol, data: false}
        training: {mode: single, stepsPerTurn: 1, %s}
        """
            .formatted(model, memory, training));
    Preflight.check(ConfigFile.read(file));
  }
}
