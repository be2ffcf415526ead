package dev.titanic.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of mistake is exactly one line: where, what, and what would be valid. */
final class ConfigMistakesTest {
  private static final String GOOD =
      """
      model: {path: base}
      clients: [{id: alice}, {id: bob, data: false}]
      """;

  @TempDir private Path temporary;
  private ConfigDirectory directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = ConfigDirectory.in(temporary);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training: {microBatch: 3}"
            + "|3:12: training.microBatch: unknown key; nearest valid key: microBatches",
        "staegs: 1|3:1: staegs: unknown key; nearest valid key: stages",
        "placement: {fixed: {stage1: bob}}"
            + "|3:21: placement.fixed.stage1: unknown key; nearest valid key: stage-<k>",
        "training: {rounds: 0}|3:12: training.rounds: 0; valid: a whole number, at least 1",
        "training: {rounds: 1.5}|3:12: training.rounds: 1.5; valid: a whole number, at least 1",
        "training: {rounds: }|3:12: training.rounds: nothing; valid: a whole number, at least 1",
        "training: {rounds: [1]}|3:12: training.rounds: a list; valid: a whole number, at least 1",
        "training: {seed: x}|3:12: training.seed: x; valid: a whole number",
        "training: {learningRate: 0}|3:12: training.learningRate: 0; valid: a number above 0",
        "training: {clipNorm: .nan}|3:12: training.clipNorm: .nan; valid: a number, at least 0",
        "training: {packing: tight}|3:12: training.packing: tight; valid: one of concat, none",
        "training: {watchdog: 5}|3:12: training.watchdog: 5; valid: a duration of at least 1s"
            + " such as 500ms, 30s, 5m, 1h",
        "training: {lora: {rank: 0}}"
            + "|3:19: training.lora.rank: 0; valid: a whole number, at least 1",
        "training: {lora: {dropout: 1.0}}"
            + "|3:19: training.lora.dropout: 1.0; valid: a number from 0 to below 1",
        "training: {lora: {target: q_proj}}"
            + "|3:19: training.lora.target: unknown key; nearest valid key: targets",
        "training: {lora: {targets: [q proj]}}|3:19: training.lora.targets: a list; valid: a list"
            + " of modules such as [q_proj, v_proj], or all-linear",
        "training: {lora: {targets: [[q_proj]]}}|3:19: training.lora.targets: a list; valid: a list"
            + " of modules such as [q_proj, v_proj], or all-linear",
        "kafka: {bootstrapServers: here}"
            + "|3:9: kafka.bootstrapServers: here; valid: host:port, several with commas",
        "training: 3|3:1: training: 3; valid: a mapping of mode, firstPartition, aggregate, draw, secureAggregation, rounds,"
            + " stepsPerTurn, epochsPerTurn, microBatches, microBatchSize, sequenceLength, packing, shuffle, learningRate, schedule,"
            + " warmupSteps, weightDecay, decayVectors, clipNorm, recompute, seed, skipLimit, watchdog,"
            + " lora",
        "stages: 2|3:1: stages: no client for stage 2: 1 beside the owner; valid: at most 1, or"
            + " more clients, or placement.fixed.stage-2",
        "ownerBlocks: 4|1:1: stages: 1 and ownerBlocks: 4 do not fit in the 4 blocks of the"
            + " model; valid: at least one block in every stage",
        "placement: {fixed: {stage-1: eve}}"
            + "|3:21: placement.fixed.stage-1: no client eve; valid: one of alice, bob",
        "placement: {fixed: {stage-9: bob}}"
            + "|3:21: placement.fixed.stage-9: no such stage; valid: stage-1 to stage-1",
        "placement: {initial: {stage-1: eve}}"
            + "|3:23: placement.initial.stage-1: no client eve; valid: one of alice, bob",
        "placement: {objective: luck}"
            + "|3:13: placement.objective: luck; valid: one of stepTime, affinity",
        "placement: {distanceWeight: 0, timeWeight: 0}|3:32: placement.timeWeight: 0, as"
            + " distanceWeight is; valid: one of the two above 0",
        "training: {stepsPerTurn: 10, warmupSteps: 11}|3:30: training.warmupSteps: 11 is longer"
            + " than the run; valid: at most 10, which is rounds x stepsPerTurn",
        "training: {stepsPerTurn: 10, epochsPerTurn: 1}|3:30: training.epochsPerTurn: beside"
            + " stepsPerTurn: 10; valid: one of the two",
        "training: {epochsPerTurn: 0}|3:12: training.epochsPerTurn: 0; valid: a number above 0,"
            + " with at most 9 digits before the point and 9 behind it",
        "training: {epochsPerTurn: 1e999999999}|3:12: training.epochsPerTurn: 1e999999999; valid: a"
            + " number above 0, with at most 9 digits before the point and 9 behind it",
        "training: {schedule: cosine, epochsPerTurn: 1}|3:12: training.schedule: cosine needs the"
            + " number of steps, which epochsPerTurn leaves open; valid: constant, or stepsPerTurn",
        "training: {draw: proportional}|3:12: training.draw: proportional without an end of the"
            + " owners' data; valid: epochsPerTurn in place of stepsPerTurn, or equal",
        "training: {rounds: 1, rounds: 2}|3:23: rounds: written twice; valid: once",
      })
  void isOneLine(String addition, String problem) throws Exception {
    assertThat(problems(GOOD + addition)).containsExactly(directory.file() + ":" + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{id: alice}, {id: bob}]|2:1: clients: alice, bob all have data;"
            + " valid: mode single takes one; data: false on the others, or mode sequential,"
            + " concurrent or fedavg",
        "[{id: bob, data: false}]|2:1: clients: no client has data;"
            + " valid: mode single takes one, without data: false",
        "[]|2:1: clients: none;"
            + " valid: a list of clients, each with an id, one of them with data",
        "alice|2:1: clients: alice; valid: a list, each item with a \"- \"",
        "[{data: true}]|2:11: clients[0].id: missing;"
            + " valid: lower-case letters, digits, '.', '_' and '-'",
        "[{id: A/b}]|2:12: clients[0].id: A/b;"
            + " valid: lower-case letters, digits, '.', '_' and '-'",
        "[{id: a}, {id: a, data: false}]|2:21: clients[1].id: a second client a;"
            + " valid: an id that no other client has",
        "[{id: a}, {id: b, data: false, topic: titanic.data.a}]|2:41: clients[1].topic:"
            + " titanic.data.a is another client's; valid: a topic of its own",
        "[{id: a, memory: much}]|2:19: clients[0].memory: much;"
            + " valid: bytes such as 512m, 8g (k, m, g, t: powers of 1024)",
      })
  void refusesTheseClients(String clients, String problem) throws Exception {
    assertThat(problems("model: {path: base}\nclients: " + clients + "\nstages: 0"))
        .containsExactly(directory.file() + ":" + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"concurrent", "fedavg"})
  void refusesToAggregateWhatNamesTokens(String mode) throws Exception {
    assertThat(
            problems(
                "model: {path: base}\nclients: [{id: alice}, {id: bob}]\nstages: 0\n"
                    + "training: {mode: "
                    + mode
                    + "}"))
        .containsExactly(
            directory.file()
                + ":4:12: training.mode: "
                + mode
                + " without lora would show the server what an owner changes in embedding and head,"
                + " and so its tokens; valid: training.lora, or secureAggregation: true, or another mode");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "concurrent|one owner, whose sum is its own part; valid: false, or two clients with data or"
            + " more",
        "fedavg|one owner, whose sum is its own part; valid: false, or two clients with data or more",
        "single|mode single, which aggregates nothing; valid: false, or mode concurrent or fedavg",
      })
  void refusesMasksWhereNothingIsMasked(String mode, String problem) throws Exception {
    String with = mode.equals("single") ? " in " : " with ";
    assertThat(
            problems(
                "model: {path: base}\nclients: [{id: alice}]\nstages: 0\n"
                    + "training: {secureAggregation: true, mode: "
                    + mode
                    + "}"))
        .containsExactly(
            directory.file() + ":4:12: training.secureAggregation: true" + with + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"concurrent", "concurrent, aggregate: parameters", "fedavg"})
  void aggregatesWhatNamesTokensUnderMasks(String mode) throws Exception {
    JobConfig config =
        directory.read(
            "model: {path: base}\nclients: [{id: alice}, {id: bob}]\nstages: 0\n"
                + "training: {secureAggregation: true, mode: "
                + mode
                + "}");

    assertThat(config.masks()).isTrue();
    assertThat(config.training().lora()).isNull();
  }

  @Test
  void refusesMoreSparesThanClientsWithoutData() throws Exception {
    assertThat(problems(GOOD + "placement: {spares: 2}"))
        .containsExactly(
            directory.file()
                + ":3:13: placement.spares: 2 spares among 1 clients without data; valid: at most 1");
  }

  @Test
  void refusesStagesWhenCentralized() throws Exception {
    assertThat(problems(GOOD + "stages: 1\ntraining: {mode: centralized}"))
        .containsExactly(directory.file() + ":3:1: stages: 1 in mode centralized; valid: 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stages: 3|3:1: stages: no client for stage 3: 2 in all; valid: at most 2, or more clients,"
            + " or placement.fixed.stage-3",
        "training: {mode: sequential, stepsPerTurn: 10, rounds: 2, warmupSteps: 41}|3:59:"
            + " training.warmupSteps: 41 is longer than the run; valid: at most 40, which is owners"
            + " x rounds x stepsPerTurn",
      })
  void countsOwnersInTurn(String addition, String problem) throws Exception {
    String sequential = addition.contains("training") ? "" : "training: {mode: sequential}\n";
    assertThat(
            problems(
                "model: {path: base}\nclients: [{id: alice}, {id: bob}]\n"
                    + addition
                    + "\n"
                    + sequential))
        .containsExactly(directory.file() + ":" + problem);
  }

  @Test
  void refusesFilesThatAreNotThere() throws Exception {
    assertThat(
            problems("model: {path: none}\nclients: [{id: alice}]\nevaluation: {text: gone.txt}\n"))
        .containsExactly(
            "%s:1:9: model.path: no such directory: %s; valid: a Hugging Face model directory"
                .formatted(directory.file(), temporary.resolve("none")),
            "%s:3:14: evaluation.text: no such file: %s; valid: a text file"
                .formatted(directory.file(), temporary.resolve("gone.txt")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rank: 8|rank: 8 is not that of initial; valid: 4, or leave it out",
        "alpha: 16|alpha: 16.0 is not that of initial; valid: 8.0, or leave it out",
        "rslora: true|rslora: true is not that of initial; valid: false, or leave it out",
        "targets: q_proj"
            + "|targets: [q_proj] is not that of initial; valid: [q_proj, v_proj], or leave it out",
      })
  void refusesSettingsThatAdaptersToGoOnFromDoNotHave(String setting, String problem)
      throws Exception {
    assertThat(problems(GOOD + "training: {lora: {initial: adapter, " + setting + "}}"))
        .containsExactly(directory.file() + ":3:37: training.lora." + problem);
  }

  @Test
  void refusesAdaptersThatAreNotThere() throws Exception {
    assertThat(problems(GOOD + "training: {lora: {initial: gone}}"))
        .containsExactly(
            "%s:3:19: training.lora.initial: %s: has no adapter_config.json: use a PEFT directory"
                .formatted(directory.file(), temporary.resolve("gone")));
  }

  @Test
  void reportsEveryMistakeOfAFileAtOnce() throws Exception {
    assertThat(problems("modle: x\nstages: -1\ntraining:\n  seed: many\n"))
        .containsExactly(
            directory.file() + ":1:1: modle: unknown key; nearest valid key: model",
            directory.file() + ":2:1: stages: -1; valid: a whole number, at least 0, or auto",
            directory.file() + ":4:3: training.seed: many; valid: a whole number",
            directory.file() + ":1:1: model.path: missing; valid: a path");
  }

  @Test
  void saysWhereAFileIsNotYaml() throws Exception {
    assertThat(problems("model: {path: base\nclients"))
        .singleElement()
        .asString()
        .startsWith(directory.file() + ":2:")
        .contains("not YAML: ");
  }

  @Test
  void saysThatThereIsNoFile() {
    Path missing = temporary.resolve("missing.yaml");

    InvalidConfig invalid =
        catchThrowableOfType(InvalidConfig.class, () -> ConfigFile.read(missing));

    assertThat(invalid.problems())
        .containsExactly(missing + ":1:1: no such file; valid: a configuration in YAML");
  }

  private List<String> problems(String yaml) throws IOException {
    return catchThrowableOfType(InvalidConfig.class, () -> directory.read(yaml)).problems();
  }
}
