package dev.titanic.job.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.job.TitanicRun;
import dev.titanic.job.Topics;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.PlacementConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.placement.Objective;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of an owner's documents is anywhere but in its topic, good records or bad ones. */
@Timeout(120)
final class CanaryITCase {
  private static final String TOPIC = "titanic.data.alice";
  private static final int STEPS = 20;
  private static final int SEQUENCES_PER_STEP = 4;

  /** No multiple of a step, so that the run stands within a window when its data is used up. */
  private static final int WINDOW = 30;

  private static final int WINDOWS = 3;

  @TempDir private Path directory;

  private final Canary canary = new Canary();

  @Test
  void textsAndTokensStayInTheTopic() throws Exception {
    Path output = directory.resolve("output");
    RecordedEdges edges = new RecordedEdges();
    String shown;
    String log;
    String said;
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        CapturedLog captured = CapturedLog.install()) {
      List<byte[]> bad = badRecords();
      TrainingRuns.fill(broker, TOPIC, mixed(bad));
      JobConfig config =
          live(
              TrainingRuns.shuffled(
                  TrainingRuns.config(
                      ByteLevelModel.write(GoldenRun.of("llama"), directory.resolve("model")),
                      1,
                      1 + WINDOWS * WINDOW / SEQUENCES_PER_STEP,
                      SEQUENCES_PER_STEP / 2,
                      broker.bootstrapServers(),
                      TOPIC,
                      output),
                  WINDOW));
      Topics.prepare(config, broker.bootstrapServers());
      try (ProgressWatch progress = ProgressWatch.start(broker);
          ProbedRun run = ProbedRun.start(config, edges, readable())) {
        progress.awaitStep(STEPS);
        run.flink().checkpoint(run.job()).get();
        shown = Dashboard.of(run.flink(), run.job());
        run.flink().cancel(run.job()).get(); // the checkpoint stays
        run.flink().result(run.job()).get();
      }
      log = captured.text();
      said = topics(broker);
      ProgressRecord last = TrainingRuns.progress(output).get(STEPS);
      assertThat(((ProgressRecord.Step) last).rejected()).isEqualTo(bad.size());
    }

    assertClean("edges", edges.bytes());
    assertClean("dashboard", shown.getBytes(UTF_8));
    assertClean("log", log.getBytes(UTF_8));
    assertClean("topics", said.getBytes(UTF_8));
    List<Path> files = filesBelow(output);
    assertThat(files).anyMatch(file -> file.toString().contains("/chk-"));
    for (Path file : files) {
      assertClean(file.toString(), Files.readAllBytes(file));
    }
  }

  /** With clients that say what they offer, and a placement that decides. */
  private static JobConfig live(JobConfig config) {
    return config.withPlacement(
        new PlacementConfig(
            config.placement().hosts(),
            Map.of(),
            Duration.ofMillis(100),
            Objective.STEP_TIME,
            1,
            1,
            0.5,
            0));
  }

  /** What everybody may read. */
  private static String topics(EmbeddedBroker broker) {
    return Stream.of(
            TitanicRun.CLIENTS_TOPIC, TitanicRun.PLACEMENTS_TOPIC, TitanicRun.PROGRESS_TOPIC)
        .flatMap(topic -> TopicContent.of(broker, topic).stream())
        .map(record -> record.key() + ": " + record.value())
        .collect(joining());
  }

  /** Compressed checkpoints could hide what is in them. */
  private static Configuration readable() {
    return new Configuration().set(ExecutionOptions.SNAPSHOT_COMPRESSION, false);
  }

  private void assertClean(String place, byte[] bytes) {
    assertThat(bytes).as(place).isNotEmpty();
    assertThat(canary.shapesIn(bytes)).as(place).isEmpty();
  }

  /** Documents of a sequence each, and among them, early, the bad ones. */
  private static List<byte[]> mixed(List<byte[]> bad) {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < WINDOWS * WINDOW; i++) {
      records.add((Canary.TEXT + " " + i + " " + Canary.TEXT.substring(0, 5)).getBytes(UTF_8));
    }
    records.addAll(SEQUENCES_PER_STEP, bad);
    return records;
  }

  private static List<byte[]> badRecords() {
    String tokens = Canary.TEXT.chars().mapToObj(id -> id + ", ").reduce("", String::concat);
    return List.of(
        (Canary.TEXT + "\u00ff").getBytes(ISO_8859_1), // not UTF-8
        ("{\"text\": \"" + Canary.TEXT).getBytes(UTF_8), // not JSON
        ("{\"" + Canary.TEXT + "\": 1}").getBytes(UTF_8), // no document
        ("{\"tokens\": [" + tokens + "257]}").getBytes(UTF_8)); // out of range
  }

  private static List<Path> filesBelow(Path output) throws Exception {
    try (Stream<Path> files = Files.walk(output)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
